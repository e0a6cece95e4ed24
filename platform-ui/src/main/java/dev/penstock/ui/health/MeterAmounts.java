package dev.penstock.ui.health;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.LimitKind;
import dev.penstock.ui.base.MeterUnit;
import dev.penstock.ui.base.Quantities;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Sums over limits, whatever time they are over. */
final class MeterAmounts {

    private static final int CENTS = 2;

    private MeterAmounts() {}

    static String title(Meter meter) {
        return new LimitKind(meter, Window.NOW, null).title();
    }

    static String of(Meter meter, BigInteger amount) {
        return meter == Meter.MONEY
                ? new MeterUnit(Meter.MONEY).written(amount).setScale(CENTS, RoundingMode.HALF_UP).toPlainString()
                : Quantities.count(amount);
    }
}

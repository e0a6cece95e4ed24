package dev.penstock.quota.settlement;

import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.usage.UsageRow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt, its end and who pays what. */
record Settled(Open open, Settlement settlement, TokenPrices prices, Charge charge) {

    static Settled of(Open open, Settlement settlement, TokenPrices prices) {
        return new Settled(open, settlement, prices, Charge.of(open, settlement, prices));
    }

    String lossCause() {
        return settlement.payer() == Payer.CALLER ? Charge.BEYOND_BOUND : settlement.cause().word();
    }

    UsageRow row() {
        return new UsageRow(
                open.attempt().call(), open.attempt().number(), open.ts(), open.project(), open.key(), open.person(), open.endpoint(), open.upstream(),
                open.model(), open.path(), open.priceVersion(), settlement.status(), charge.estimated(), charge.paid(), charge.cost(),
                millis(settlement.took()), millisOrNull(settlement.firstToken()));
    }

    private static @Nullable Integer millisOrNull(@Nullable Duration duration) {
        return duration == null ? null : (Integer) millis(duration);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }
}

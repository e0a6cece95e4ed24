package dev.penstock.standalone.demo;

import dev.penstock.contract.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** How values read on a terminal. */
final class Words {

    private static final int DIGITS_OF_MONEY = 12;

    private Words() {}

    static String of(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Exact, without zeros at the end. */
    static String of(Money money) {
        return of(money.picoUnits()) + " " + money.currency();
    }

    private static String of(BigInteger picoUnits) {
        return new BigDecimal(picoUnits, DIGITS_OF_MONEY).stripTrailingZeros().toPlainString();
    }
}

package dev.penstock.ui.usage;

import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.util.function.Function;

/** What the chart counts. */
enum Show {
    TOKENS("Tokens", Sums::tokens),
    COST("Cost", Sums::cost),
    CALLS("Calls", sums -> BigInteger.valueOf(sums.calls()));

    static final String PARAMETER = "show";

    private final String title;
    private final Function<Sums, BigInteger> value;

    Show(String title, Function<Sums, BigInteger> value) {
        this.title = title;
        this.value = value;
    }

    String title() {
        return title;
    }

    BigInteger of(Sums sums) {
        return value.apply(sums);
    }

    Unit unit(String currency) {
        return this == COST ? Unit.money(currency) : Unit.COUNT;
    }
}

package dev.penstock.ui.usage;

import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    BigInteger of(Sums sums) {
        return value.apply(sums);
    }

    Unit unit(String currency) {
        return this == COST ? Unit.money(currency) : Unit.COUNT;
    }

    static Show of(@Nullable String key) {
        for (Show show : values()) {
            if (show.key().equals(key)) {
                return show;
            }
        }
        return TOKENS;
    }
}

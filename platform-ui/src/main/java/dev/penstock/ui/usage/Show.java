package dev.penstock.ui.usage;

import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the chart counts. */
enum Show {
    TOKENS("Tokens", true, Unit.COUNT, Sums::tokens),
    COST("Cost", true, Unit.COUNT, Sums::cost),
    CALLS("Calls", true, Unit.COUNT, sums -> BigInteger.valueOf(sums.calls())),
    FAILED("Failed", true, Unit.COUNT, sums -> BigInteger.valueOf(sums.failed())),
    /** On average, as is what follows. */
    FIRST_TOKEN("First token", false, Unit.SECONDS, Sums::firstTokenMillis),
    SPEED("Tokens/s", false, Unit.TENTHS_PER_SECOND, Sums::tenthsPerSecond);

    static final String PARAMETER = "show";

    private final String title;
    private final boolean addsUp;
    private final Unit unit;
    private final Function<Sums, @Nullable BigInteger> value;

    Show(String title, boolean addsUp, Unit unit, Function<Sums, @Nullable BigInteger> value) {
        this.title = title;
        this.addsUp = addsUp;
        this.unit = unit;
        this.value = value;
    }

    String title() {
        return title;
    }

    /** Whether groups are parts of a whole; means are not. */
    boolean addsUp() {
        return addsUp;
    }

    /** Null where there is nothing to make a mean of. */
    @Nullable BigInteger of(Sums sums) {
        return value.apply(sums);
    }

    /** For an order of groups: those of which nothing is known come last. */
    BigInteger orNothing(Sums sums) {
        return Objects.requireNonNullElse(of(sums), BigInteger.ZERO);
    }

    Unit unit(String currency) {
        return this == COST ? Unit.money(currency) : unit;
    }
}

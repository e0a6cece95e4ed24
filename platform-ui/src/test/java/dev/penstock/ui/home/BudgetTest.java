package dev.penstock.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

    @ParameterizedTest(name = "{0} of {1} on {2}: exhausted {3}, {4} in the month")
    @CsvSource({
        // Half used after a third of 30 days: gone after two thirds.
        "50, 100, 2026-11-11T00:00:00Z, 2026-11-21T00:00:00Z, 150",
        "30, 100, 2026-11-11T00:00:00Z, , 90",
        // Exactly the month.
        "10, 30, 2026-11-11T00:00:00Z, , 30",
        "100, 100, 2026-11-21T00:00:00Z, 2026-11-21T00:00:00Z, 150",
        // Not enough to tell.
        "90, 100, 2026-11-03T23:59:59Z, , ",
        "0, 100, 2026-11-21T00:00:00Z, , ",
        // Nothing may be spent, and something was, before the limit was set to zero.
        "5, 0, 2026-11-11T00:00:00Z, 2026-11-01T00:00:00Z, 15",
    })
    void aBudgetIsForecastByItsPace(BigInteger used, BigInteger amount, Instant now, @Nullable Instant exhausted, @Nullable BigInteger month) {
        var budget = new Budget(
                "research", used, BigInteger.ONE, amount, 80, Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"), true);

        assertThat(budget.exhausted(now)).isEqualTo(exhausted);
        assertThat(budget.isEnoughToForecast(now) ? budget.forecast(now) : null).isEqualTo(month);
    }
}

package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitKindTest {

    @ParameterizedTest(name = "{0} {1}: {2} is {3}")
    @CsvSource({
        "MONEY, MONTH, 4800, 4800000000000000, Spend a month",
        "MONEY, LIFE, 0.000000000001, 1, Spend in all",
        "TOKENS, DAY, 120, 120000000, Tokens a day",
        "TOKENS_INPUT, HOUR, 0.000001, 1, Input tokens an hour",
        "TOKENS_OUTPUT, MINUTE, 12345678901234.5, 12345678901234500000, Output tokens a minute",
        "REQUESTS, MINUTE, 2400, 2400, Calls a minute",
        "CONCURRENCY, NOW, 16, 16, Calls at a time",
        "GPU_TIME, MONTH, 0.5, 1512000, GPU-hours a month",
    })
    void whatIsWrittenIsTheServicesNumberAndBack(Meter meter, Window window, BigDecimal written, BigInteger exact, String title) {
        var kind = new LimitKind(meter, window, null);

        assertThat(kind.unit().exactly(written)).isEqualTo(exact);
        assertThat(kind.unit().written(exact)).isEqualByComparingTo(written);
        assertThat(kind.title()).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({"MONEY, 0.0000000000001", "TOKENS, 0.0000001", "REQUESTS, 1.5", "TOKENS, -1"})
    void whatIsFinerThanCountedOrNegativeIsNoAmount(Meter meter, BigDecimal written) {
        assertThatThrownBy(() -> new LimitKind(meter, Window.DAY, null).unit().exactly(written)).isInstanceOf(ArithmeticException.class);
    }
}

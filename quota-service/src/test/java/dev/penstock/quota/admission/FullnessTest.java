package dev.penstock.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullnessTest {

    @ParameterizedTest
    @CsvSource({"100, 100, 0", "100, 21, 79", "1000, 201, 79", "1000, 200, 80", "100, 0, 100", "0, 0, 100", "3, 1, 66", "100, 150, 0"})
    void percentIsRoundedDown(long cap, long left, int percent) {
        assertThat(Fullness.percent(BigInteger.valueOf(cap), BigInteger.valueOf(left))).isEqualTo(percent);
    }

    @Test
    void itIsSaidInWords() {
        assertThat(new Fullness.Fullest(Meter.MONEY, Window.MONTH, Verdict.Level.PROJECT, 96).words()).isEqualTo("money a month of the project");
        assertThat(new Fullness.Fullest(Meter.TOKENS, Window.LIFE, Verdict.Level.KEY, 96).words()).isEqualTo("tokens for life of the key");
    }
}

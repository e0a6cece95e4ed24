package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "1380000000000, EUR, '€1.38'",
        "1007400000000000, EUR, '€1,007.40'",
        "0, EUR, '€0.00'",
        "4217000000, EUR, '€0.0042'",
        "3, EUR, '€0.000000000003'",
        "-1995000000000, EUR, '−€2.00'",
        "1380000000000, CHF, 'CHF\u00a01.38'",
        "1380000000000, XQQ, 'XQQ\u00a01.38'",
        "99999999999999999999999999999999999999, EUR, '€100,000,000,000,000,000,000,000,000.00'",
    })
    void amountsAreRoundedForReading(BigInteger pico, String currency, String written) {
        assertThat(Amounts.of(pico, currency)).isEqualTo(written);
    }

    @Test
    void theExactAmountKeepsEveryDigit() {
        assertThat(Amounts.exactly(new BigInteger("1380000000001"), "EUR")).isEqualTo("1.380000000001 EUR");
        assertThat(Amounts.exactly(new BigInteger("1380000000000"), "EUR")).isEqualTo("1.38 EUR");
    }

    @Test
    void aPriceOfATokenIsReadPerMillion() {
        assertThat(Amounts.perMillion(BigInteger.valueOf(150_000), "EUR")).isEqualTo("€0.15");
        assertThat(Amounts.perMillion(BigInteger.valueOf(15_125), "EUR")).isEqualTo("€0.015125");
        assertThat(Amounts.perHour(BigInteger.valueOf(383_333_333))).isEqualTo(BigInteger.valueOf(1_379_999_998_800L));
    }
}

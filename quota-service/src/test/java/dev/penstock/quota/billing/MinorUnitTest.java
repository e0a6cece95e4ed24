package dev.penstock.quota.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinorUnitTest {

    @ParameterizedTest(name = "{0} of {2}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # exact               | billed  | currency
              0                   | 0.00    | EUR
              0.004999999999      | 0.00    | EUR
              0.005               | 0.00    | EUR
              0.005000000001      | 0.01    | EUR
              0.01                | 0.01    | EUR
              0.014999999999      | 0.01    | EUR
              0.015               | 0.02    | EUR
              0.025               | 0.02    | EUR
              0.035               | 0.04    | EUR
              1.005               | 1.00    | EUR
              1234567.894999      | 1234567.89 | EUR
              1234567.895         | 1234567.90 | EUR
              1234567.885         | 1234567.88 | EUR
              -0.005              | 0.00    | EUR
              -0.015              | -0.02   | EUR
              -0.025              | -0.02   | EUR
              0.5                 | 0       | JPY
              1.5                 | 2       | JPY
              2.5                 | 2       | JPY
              2.500000000001      | 3       | JPY
              0.0005              | 0.000   | KWD
              0.0015              | 0.002   | KWD
              0.125               | 0.12    | USD
              0.375               | 0.38    | CHF
              99999999999999999999999999.995 | 100000000000000000000000000.00 | EUR
            """)
    void aLineIsRoundedHalfToEven(BigDecimal exact, BigDecimal billed, String currency) {
        if (billed.precision() - billed.scale() > 26) {
            assertThatThrownBy(() -> MinorUnit.of(currency).round(money(exact, currency))).as("beyond the ledger's 38 digits").isInstanceOf(ArithmeticException.class);
        } else {
            assertThat(MinorUnit.of(currency).round(money(exact, currency))).isEqualTo(money(billed, currency));
        }
    }

    @ParameterizedTest
    @CsvSource({"EUR, 10000000000", "JPY, 1000000000000", "KWD, 1000000000", "XAU, 1000000000000"})
    void theSmallestUnitIsThatOfTheCurrency(String currency, BigInteger picoUnits) {
        assertThat(MinorUnit.of(currency).picoUnits()).isEqualTo(picoUnits);
    }

    /** Whatever the amount: a multiple of the unit, at most half a unit away, the same again when rounded again, and its mirror below zero. */
    @Test
    void roundingNeverGoesFurtherThanHalfAUnit() {
        Random random = new Random(20_261_121);
        for (String currency : new String[] {"EUR", "JPY", "KWD"}) {
            MinorUnit unit = MinorUnit.of(currency);
            for (int i = 0; i < 2_000; i++) {
                Money exact = new Money(new BigInteger(1 + random.nextInt(110), random), currency);
                Money billed = unit.round(exact);
                assertThat(billed.picoUnits().mod(unit.picoUnits())).isZero();
                assertThat(billed.picoUnits().subtract(exact.picoUnits()).abs().shiftLeft(1)).isLessThanOrEqualTo(unit.picoUnits());
                assertThat(unit.round(billed)).isEqualTo(billed);
                assertThat(unit.round(new Money(exact.picoUnits().negate(), currency)).picoUnits()).isEqualTo(billed.picoUnits().negate());
            }
        }
    }

    @Test
    void anotherCurrencyIsAMistake() {
        assertThatThrownBy(() -> MinorUnit.of("EUR").round(Money.zero("USD"))).hasMessageContaining("USD");
    }

    private static Money money(BigDecimal amount, String currency) {
        return new Money(amount.movePointRight(12).toBigIntegerExact(), currency);
    }
}

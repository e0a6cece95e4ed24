package dev.penstock.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.Money;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller may be told of the cost before it is settled, of 100 tokens in and 50 out: 3 in, 1 from a cache, 4 into one, 7 out. */
class AdmittedCostTest {

    private static final TokenPrices PRICES = new TokenPrices(
            1, "EUR", BigInteger.valueOf(3), BigInteger.ONE, BigInteger.valueOf(4), BigInteger.valueOf(7));

    @ParameterizedTest(name = "{0} in, {1} and {2} cached, {3} out: {4}")
    @CsvSource({
        "  0,  0,  0,  0,   0",
        " 10,  0,  0,  5,  65",
        " 10, 20, 30,  5, 205",
        "100,  0,  0, 50, 650",
        " 50, 25, 25, 50, 625",
        "101,  0,  0,  0,    ",
        " 50, 25, 26,  0,    ",
        "  0,  0,  0, 51,    ",
        " -1,  0,  0,  0,    ",
        "9223372036854775807, 9223372036854775807, 1, 1,",
    })
    void isWhatWillBeChargedOrNotTold(long input, long cacheRead, long cacheWrite, long output, @Nullable Long cost) {
        Verdict.Admitted admitted = new Verdict.Admitted(List.of(), PRICES, new Ask.Bound(100, 50), new Money(BigInteger.valueOf(750), "EUR"));
        assertThat(admitted.cost(new Counts.Read(input, cacheRead, cacheWrite, output)))
                .isEqualTo(Optional.ofNullable(cost).map(exact -> new Money(BigInteger.valueOf(exact), "EUR")));
    }

    @Test
    void freeTokensHaveNone() {
        Verdict.Admitted admitted = new Verdict.Admitted(List.of(), TokenPrices.FREE, new Ask.Bound(100, 50), null);
        assertThat(admitted.cost(new Counts.Read(1, 0, 0, 1))).isEmpty();
    }
}

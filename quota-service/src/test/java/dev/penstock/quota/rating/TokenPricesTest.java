package dev.penstock.quota.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenPricesTest {

    /** EUR 0.20 for a million tokens of input, a tenth of it from a cache, a quarter more into one; EUR 0.60 for a million of output. */
    private static final TokenPrices QWEN = new TokenPrices(
            3, "EUR", BigInteger.valueOf(200_000), BigInteger.valueOf(20_000), BigInteger.valueOf(250_000), BigInteger.valueOf(600_000));

    @ParameterizedTest(name = "{0}, {1} read, {2} written, {3} out cost {4}")
    @CsvSource({
        "0, 0, 0, 0, 0", "1, 0, 0, 0, 200000", "0, 1, 0, 0, 20000", "0, 0, 1, 0, 250000", "0, 0, 0, 1, 600000",
        "1000000, 0, 0, 0, 200000000000", "1284, 36000, 12, 942, 1545000000",
        "9223372036854775807, 0, 0, 0, 1844674407370955161400000"})
    void costIsTokensTimesPriceToTheLastUnit(long input, long read, long written, long output, BigInteger cost) {
        assertThat(QWEN.cost(new Tokens(input, read, written, output))).isEqualTo(cost);
    }

    @Test
    void thirtyEightDigitsAreExact() {
        BigInteger price = BigInteger.TEN.pow(30).subtract(BigInteger.ONE);
        TokenPrices dear = new TokenPrices(1, "EUR", price, price, price, price);
        assertThat(dear.cost(new Tokens(99_999_999, 0, 0, 0))).isEqualTo(new BigInteger("99999998999999999999999999999900000001"));
    }

    @Test
    void addingUpPartsIsTheSameAsTheWhole() {
        Random random = new Random(5);
        Tokens sum = Tokens.NONE;
        BigInteger cost = BigInteger.ZERO;
        for (int part = 0; part < 1_000; part++) {
            Tokens tokens = new Tokens(random.nextInt(5_000), random.nextInt(5_000), random.nextInt(5_000), random.nextInt(5_000));
            cost = cost.add(QWEN.cost(tokens));
            sum = new Tokens(
                    sum.input() + tokens.input(), sum.cacheRead() + tokens.cacheRead(), sum.cacheWrite() + tokens.cacheWrite(), sum.output() + tokens.output());
        }
        assertThat(QWEN.cost(sum)).isEqualTo(cost);
    }

    /** Whatever an attempt turns out to use within its bound, it costs no more than was set aside. */
    @Test
    void theBoundIsABound() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            TokenPrices prices = new TokenPrices(1, "EUR", price(random), price(random), price(random), price(random));
            long in = random.nextInt(1_000);
            long out = random.nextInt(1_000);
            Tokens used = new Tokens(random.nextInt(2_000), random.nextInt(2_000), random.nextInt(2_000), random.nextInt(2_000)).within(in, out);
            assertThat(used.in()).isLessThanOrEqualTo(in);
            assertThat(used.output()).isLessThanOrEqualTo(out);
            assertThat(prices.cost(used)).isLessThanOrEqualTo(prices.bound(in, out));
        }
    }

    @Test
    void thereIsNoNegativePriceAndNoNegativeCount() {
        assertThatThrownBy(() -> new TokenPrices(1, "EUR", BigInteger.ONE, BigInteger.ONE, BigInteger.ONE, BigInteger.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tokens(0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger price(Random random) {
        return BigInteger.valueOf(random.nextInt(1_000_000));
    }
}

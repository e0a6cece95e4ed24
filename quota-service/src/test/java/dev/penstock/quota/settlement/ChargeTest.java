package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who pays what. Reserved are 100 tokens of input and 50 of output; the model holds 1,000. An input token costs 2, a cached one 1, one written to a cache 3, output 10. */
class ChargeTest {

    private static final TokenPrices PRICES = new TokenPrices(
            1, "EUR", BigInteger.valueOf(2), BigInteger.ONE, BigInteger.valueOf(3), BigInteger.TEN);
    private static final Intent OPEN = new Intent(
            new Attempt(new TenantId(new UUID(1, 1)), new CallId(new UUID(1, 2)), 0), Instant.EPOCH, new ProjectId(new UUID(1, 3)), null, 1,
            new EndpointId(new UUID(1, 4)), 0, 1, "sku", 1, 1, 1_000, 100, 50, PRICES.bound(100, 50), 1, List.of());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            within the bound                | CALLER   | 60 30 10 40           | 60 30 10 40 | 580 | false | 0 0 0 0      | -
            exactly the bound               | CALLER   | 100 0 0 50            | 100 0 0 50  | 700 | false | 0 0 0 0      | -
            an explicit zero                | CALLER   | 0 0 0 0               | 0 0 0 0     | 0   | false | 0 0 0 0      | -
            more output                     | CALLER   | 100 0 0 51            | 100 0 0 50  | 700 | false | 0 0 0 1      | -
            more input                      | CALLER   | 101 0 0 50            | 100 0 0 50  | 700 | false | 1 0 0 0      | -
            more, some of it cached         | CALLER   | 60 50 20 0            | 50 50 0 0   | 150 | false | 10 0 20 0    | -
            all the model holds             | CALLER   | 1000 0 0 1000         | 100 0 0 50  | 700 | false | 900 0 0 950  | -
            a failed attempt                | PLATFORM | 60 30 10 40           | 0 0 0 0     | 0   | false | 60 30 10 40  | -
            negative input                  | CALLER   | -1 0 0 40             | 100 0 0 50  | 700 | true  | 0 0 0 0      | negative
            negative output                 | CALLER   | 1 0 0 -9223372036854775808 | 100 0 0 50 | 700 | true | 0 0 0 0  | negative
            more than the model holds       | CALLER   | 1001 0 0 1            | 100 0 0 50  | 700 | true  | 0 0 0 0      | more input than the model holds
            a sum beyond 63 bits            | CALLER   | 9223372036854775807 9223372036854775807 2 1 | 100 0 0 50 | 700 | true | 0 0 0 0 | more input than the model holds
            three halves of what it holds   | CALLER   | 500 500 500 1         | 100 0 0 50  | 700 | true  | 0 0 0 0      | more input than the model holds
            more came out than it holds     | CALLER   | 1 0 0 9223372036854775807 | 100 0 0 50 | 700 | true | 0 0 0 0     | more output than the model holds
            impossible, of a failed attempt | PLATFORM | 1 0 0 1001            | 0 0 0 0     | 0   | true  | 0 0 0 0      | more output than the model holds
            nobody told, 7 were delivered   | CALLER   | 7                     | 100 0 0 7   | 270 | true  | 0 0 0 0      | -
            nobody told, more than reserved | CALLER   | 9223372036854775807   | 100 0 0 50  | 700 | true  | 0 0 0 0      | -
            nobody told, and it failed      | PLATFORM | 7                     | 0 0 0 0     | 0   | true  | 100 0 0 7    | -
            the prompt alone was told       | CALLER   | 60 30 10 7 begun      | 60 30 10 7  | 250 | true  | 0 0 0 0      | -
            of it more than reserved        | CALLER   | 60 50 20 99 begun     | 50 50 0 50  | 650 | true  | 10 0 20 0    | -
            of it what cannot be            | CALLER   | -1 0 0 7 begun        | 100 0 0 7   | 270 | true  | 0 0 0 0      | -
            of it, and it failed            | PLATFORM | 60 30 10 7 begun      | 0 0 0 0     | 0   | true  | 60 30 10 7   | -
            """)
    void eachEndHasItsPayers(
            String title, Payer payer, String told, String paid, long cost, boolean estimated, String lost, @Nullable String impossible) {
        Settlement end = new Settlement(OPEN.attempt(), 200, counts(told), payer, Cause.COMPLETED, Duration.ZERO, null);
        Settled settled = Settled.of(OPEN, end, PRICES);
        Charge charge = settled.charge();
        assertThat(words(charge.paid())).isEqualTo(paid);
        assertThat(charge.cost()).isEqualTo(cost).isLessThanOrEqualTo(OPEN.cost());
        assertThat(charge.estimated()).isEqualTo(estimated);
        assertThat(words(charge.lost())).isEqualTo(lost);
        assertThat(charge.impossible()).isEqualTo(impossible);
        assertThat(charge.worth()).isEqualTo(PRICES.cost(charge.lost()));
        Books.of(List.of(settled)).forEach(ChargeTest::isBalanced);
    }

    /** It moves no money, so whatever is said of it is cut to what is paid. */
    @ParameterizedTest
    @CsvSource({"CALLER, 40, 30, 30", "CALLER, 40, 41, 40", "CALLER, 40, -1, 0", "CALLER, 60, 55, 50", "PLATFORM, 40, 30, 0", "CALLER, 2000, 30, 0"})
    void whatWasThoughtIsAPartOfThePaidOutput(Payer payer, long output, long told, long reasoning) {
        Counts counts = new Counts.Read(10, 0, 0, output, told);
        Settled settled = Settled.of(OPEN, new Settlement(OPEN.attempt(), 200, counts, payer, Cause.COMPLETED, Duration.ZERO, null), PRICES);
        assertThat(settled.charge().reasoning()).isEqualTo(reasoning);
        assertThat(settled.row().reasoning()).isEqualTo(reasoning);
        assertThat(settled.charge().cost()).isEqualTo(PRICES.cost(settled.charge().paid()));
    }

    private static void isBalanced(Entry entry) {
        assertThat(entry.postings().stream().collect(Collectors.groupingBy(
                Entry.Posting::unit, Collectors.reducing(BigInteger.ZERO, Entry.Posting::amount, BigInteger::add))).values())
                .allSatisfy(sum -> assertThat(sum).isZero());
    }

    private static Counts counts(String told) {
        List<Long> numbers = List.of(told.replace(" begun", "").split(" ")).stream().map(Long::valueOf).toList();
        if (told.endsWith("begun")) {
            return new Counts.Begun(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        }
        return numbers.size() == 1
                ? new Counts.Delivered(numbers.getFirst())
                : new Counts.Read(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    private static String words(Tokens tokens) {
        return tokens.input() + " " + tokens.cacheRead() + " " + tokens.cacheWrite() + " " + tokens.output();
    }
}

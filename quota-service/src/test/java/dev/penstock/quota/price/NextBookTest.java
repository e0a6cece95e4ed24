package dev.penstock.quota.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextBookTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");
    private static final PriceSpec INPUT = new PriceSpec("qwen", BilledMeter.INPUT, BigInteger.valueOf(150_000));
    private static final PriceSpec OUTPUT = new PriceSpec("qwen", BilledMeter.OUTPUT, BigInteger.valueOf(600_000));
    private static final PriceBook FIRST = book(1, "2026-11-01T00:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # asked                       | begins or what is said
              -                           | 2026-11-21T12:00:01Z
              2026-11-21T12:00:01Z        | 2026-11-21T12:00:01Z
              2027-01-01T00:00:00Z        | 2027-01-01T00:00:00Z
              2026-11-21T12:00:00Z        | has passed
              2026-11-21T12:00:00.249Z    | has passed
              2020-01-01T00:00:00Z        | has passed
              2026-11-21T12:00:01.500Z    | whole second
              2126-11-21T12:00:00Z        | days ahead
            """)
    void aBookBeginsAtAWholeSecondThatHasNotPassed(@Nullable Instant asked, String expected) {
        if (expected.contains(" ")) {
            assertThatThrownBy(() -> next(2, spec(asked, "EUR", INPUT))).hasMessageContaining(expected);
        } else {
            assertThat(next(2, spec(asked, "EUR", INPUT)).orElseThrow().effectiveFrom()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, is version 2", "1, is version 2", "3, is version 2", "-1, is version 2"})
    void onlyTheNextVersionIsMade(int version, String said) {
        assertThatThrownBy(() -> next(version, spec(null, "EUR", OUTPUT))).hasMessageContaining(said);
    }

    @Test
    void theFirstOneIsVersionOne() {
        assertThat(NextBook.after(null, null, 1, spec(null, "CHF", INPUT), "me", NOW)).hasValueSatisfying(book -> assertThat(book.currency()).isEqualTo("CHF"));
        assertThatThrownBy(() -> NextBook.after(null, null, 2, spec(null, "CHF", INPUT), "me", NOW)).hasMessageContaining("is version 1");
    }

    @Test
    void theNextOneBeginsNoEarlierThanTheLast() {
        PriceBook scheduled = book(2, "2027-01-01T00:00:00Z");
        assertThatThrownBy(() -> NextBook.after(scheduled, null, 3, spec(null, "EUR", INPUT), "me", NOW)).hasMessageContaining("begins no earlier");
        Instant same = Instant.parse("2027-01-01T00:00:00Z");
        assertThatThrownBy(() -> NextBook.after(scheduled, null, 3, spec(same.minusSeconds(1), "EUR", INPUT), "me", NOW)).hasMessageContaining("begins no earlier");
        assertThat(NextBook.after(scheduled, null, 3, spec(same, "EUR", INPUT), "me", NOW)).as("a mistake is put right before it holds").isPresent();
    }

    @Test
    void theCurrencyIsTheSameForEver() {
        assertThatThrownBy(() -> next(2, spec(null, "USD", INPUT))).hasMessageContaining("all price books are in EUR");
        assertThatThrownBy(() -> next(2, spec(null, "EUX", INPUT))).hasMessageContaining("ISO 4217");
    }

    @Test
    void aThingHasOnePrice() {
        PriceSpec dearer = new PriceSpec("qwen", BilledMeter.INPUT, BigInteger.TEN);
        assertThatThrownBy(() -> next(2, spec(null, "EUR", INPUT, dearer))).hasMessageContaining("two prices for INPUT");
        assertThatThrownBy(() -> next(2, spec(null, "EUR", new PriceSpec(" ", BilledMeter.INPUT, BigInteger.ONE)))).hasMessageContaining("sku");
        assertThatThrownBy(() -> next(2, spec(null, "EUR", new PriceSpec("a\u0000b", BilledMeter.INPUT, BigInteger.ONE)))).hasMessageContaining("sku");
    }

    @Test
    void theSameAgainMakesNothing() {
        assertThat(again(spec(null, "EUR", OUTPUT, INPUT))).as("in any order, at whatever time it was").isEmpty();
        assertThat(again(spec(FIRST.effectiveFrom(), "EUR", INPUT, OUTPUT))).isEmpty();
        assertThatThrownBy(() -> again(spec(FIRST.effectiveFrom().plusSeconds(1), "EUR", INPUT, OUTPUT))).hasMessageContaining("is version 2");
        assertThatThrownBy(() -> again(spec(null, "EUR", INPUT))).hasMessageContaining("is version 2");
    }

    @Test
    void theTrailTellsWhatBecameDearer() {
        PriceBook second = new PriceBook(2, "EUR", NOW, "me", NOW, List.of(new PriceSpec("qwen", BilledMeter.INPUT, BigInteger.TEN), new PriceSpec("new", BilledMeter.OUTPUT, BigInteger.ONE)));
        assertThat(PriceChanges.between(FIRST, second).told()).containsExactly(
                new PriceChanges.Difference("new", BilledMeter.OUTPUT, null, BigInteger.ONE),
                new PriceChanges.Difference("qwen", BilledMeter.INPUT, INPUT.price(), BigInteger.TEN),
                new PriceChanges.Difference("qwen", BilledMeter.OUTPUT, OUTPUT.price(), null));
        PriceBook large = new PriceBook(2, "EUR", NOW, "me", NOW, IntStream.range(0, 2000).mapToObj(i -> new PriceSpec("sku" + i, BilledMeter.INPUT, BigInteger.ONE)).toList());
        assertThat(PriceChanges.between(null, large)).satisfies(
                changes -> assertThat(changes.changed()).isEqualTo(2000), changes -> assertThat(changes.told()).hasSize(PriceChanges.MOST_TOLD));
    }

    private static Optional<PriceBook> next(int version, PriceBookSpec spec) {
        return NextBook.after(FIRST, version == 1 ? FIRST : null, version, spec, "me", NOW);
    }

    private static Optional<PriceBook> again(PriceBookSpec spec) {
        return next(1, spec);
    }

    private static PriceBookSpec spec(@Nullable Instant from, String currency, PriceSpec... prices) {
        return new PriceBookSpec(from, currency, List.of(prices), null);
    }

    private static PriceBook book(int version, String from) {
        return new PriceBook(version, "EUR", Instant.parse(from), "somebody", Instant.parse("2026-10-30T00:00:00Z"), List.of(INPUT, OUTPUT));
    }
}

package dev.penstock.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.admission.Verdict.Retry;
import dev.penstock.quota.calendar.TenantCalendar;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeighingTest {

    private static final Instant AT = Instant.parse("2026-11-21T12:34:56Z");
    private static final TenantCalendar UTC = new TenantCalendar(ZoneOffset.UTC);

    @ParameterizedTest(name = "{0} of {1}, {2} set aside, {3} asked")
    @CsvSource({
        "0, 10, 0, 10, true", "0, 10, 0, 11, false", "4, 10, 3, 3, true", "4, 10, 3, 4, false", "10, 10, 0, 1, false",
        "11, 10, 0, 1, false", "0, 0, 0, 1, false", "5, , 5, 1000000, true",
        "99999999999999999999999999999999999998, 99999999999999999999999999999999999999, 0, 1, true",
        "99999999999999999999999999999999999998, 99999999999999999999999999999999999999, 1, 1, false"})
    void fitsWhileTheLimitStillHolds(BigInteger settled, @Nullable BigInteger amount, BigInteger leased, BigInteger asked, boolean fits) {
        CallStanding standing = standing(Meter.MONEY, Window.MONTH, amount, settled, leased, asked);
        assertThat(standing.fits()).isEqualTo(fits);
        assertThat(Weighing.refusedBy(List.of(standing)).isEmpty()).isEqualTo(fits);
    }

    @ParameterizedTest(name = "{0} by {1}: {2} used, {3} set aside, {4} asked of 100")
    @CsvSource({
        "TOKENS, MINUTE, 0, 0, 101, NEVER", "TOKENS, MINUTE, 50, 0, 51, AFTER_RESET", "TOKENS, HOUR, 0, 50, 51, AFTER_RESET",
        "REQUESTS, MINUTE, 100, 0, 1, AFTER_RESET", "CONCURRENCY, NOW, 0, 100, 1, WHEN_OTHERS_END", "TOKENS, DAY, 0, 60, 50, WHEN_OTHERS_END",
        "MONEY, MONTH, 60, 0, 50, AFTER_RESET", "MONEY, MONTH, 40, 20, 50, WHEN_OTHERS_END", "MONEY, LIFE, 60, 0, 50, NEVER",
        "MONEY, LIFE, 50, 10, 50, WHEN_OTHERS_END"})
    void whenItMayHelpToTryAgain(Meter meter, Window window, BigInteger settled, BigInteger leased, BigInteger asked, Retry retry) {
        Verdict.Refused refused = standing(meter, window, BigInteger.valueOf(100), settled, leased, asked).refused();
        assertThat(refused.retry()).isEqualTo(retry);
        assertThat(refused.resets()).isEqualTo(switch (window) {
            case NOW, LIFE -> null;
            case MINUTE -> Instant.parse("2026-11-21T12:35:00Z");
            case HOUR -> Instant.parse("2026-11-21T13:00:00Z");
            case DAY -> Instant.parse("2026-11-22T00:00:00Z");
            case MONTH -> Instant.parse("2026-12-01T00:00:00Z");
        });
    }

    @Test
    void whoIsRefusedBySeveralIsToldOfTheOneThatHoldsLongest() {
        CallStanding minute = full(Meter.REQUESTS, Window.MINUTE);
        CallStanding month = full(Meter.TOKENS, Window.MONTH);
        CallStanding never = standing(Meter.MONEY, Window.MINUTE, BigInteger.ONE, BigInteger.ZERO, BigInteger.ZERO, BigInteger.TWO);
        assertThat(Weighing.refusedBy(List.of(minute, month))).contains(month);
        assertThat(Weighing.refusedBy(List.of(minute, month, never))).contains(never);
        assertThat(Weighing.refusedBy(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTS, 0, 1", "REQUESTS, 1, 0", "CONCURRENCY, 1, 1", "TOKENS_INPUT, 0, 1000", "TOKENS_OUTPUT, 0, 500", "TOKENS, 3, 1500", "MONEY, 0, 77"})
    void whatAnAttemptAsksOfEachMeter(Meter meter, int attempt, BigInteger asked) {
        CallRule rule = new CallRule(new LimitId(new UUID(1, 1)), Level.KEY, new UUID(1, 2), "key", meter, null, Window.LIFE, null, true);
        assertThat(rule.asked(attempt, new Ask.Bound(1_000, 500), BigInteger.valueOf(77))).isEqualTo(asked);
    }

    /** A limit as somebody may set it. */
    record Kind(Meter meter, Window window, Level level, @Nullable List<String> models, boolean hard, @Nullable BigInteger amount) {

        CallRule rule() {
            return new CallRule(new LimitId(new UUID(1, 1)), level, new UUID(1, 2), "somebody", meter, models, window, amount, hard);
        }
    }

    /** Every meter, by every window, on every level, for all models or some, hard or soft, with an amount or unlimited. */
    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (Meter meter : Meter.values()) {
            for (Window window : Window.values()) {
                if (meter.countsCalls() && (meter == Meter.CONCURRENCY) == (window == Window.NOW)) {
                    for (Level level : Level.values()) {
                        for (List<String> models : Arrays.<@Nullable List<String>>asList(null, List.of("small"), List.of("large", "small"), List.of("large"))) {
                            for (boolean hard : new boolean[] {true, false}) {
                                kinds.add(new Kind(meter, window, level, models, hard, BigInteger.valueOf(2_000)));
                                kinds.add(new Kind(meter, window, level, models, hard, null));
                            }
                        }
                    }
                }
            }
        }
        return kinds;
    }

    @Test
    void whatEachKindOfLimitCountsAndRefuses() {
        List<Kind> kinds = kinds();
        assertThat(kinds).as("26 of meter and window, 4 levels, 4 sets of models, hard or soft, amount or none").hasSize(26 * 4 * 4 * 2 * 2);
        assertThat(kinds).allSatisfy(WeighingTest::countsAndRefuses);
    }

    private static void countsAndRefuses(Kind kind) {
        CallRule rule = kind.rule();
        Ask ask = ask("small");
        List<CallClaim> claims = Weighing.claims(List.of(rule), UTC, ask, BigInteger.valueOf(77));
        if (kind.models() != null && !kind.models().contains("small")) {
            assertThat(claims).isEmpty();
            return;
        }
        CallClaim claim = claims.getFirst();
        assertThat(claim.asked()).isEqualTo(rule.asked(0, ask.bound(), BigInteger.valueOf(77))).isPositive();
        assertThat(claim.period()).isEqualTo(UTC.period(kind.window(), ask.ts()));

        boolean refuses = kind.hard() && kind.amount() != null;
        CallStanding room = new CallStanding(claim, BigInteger.ZERO, BigInteger.valueOf(2_000).subtract(claim.asked()));
        CallStanding full = new CallStanding(claim, BigInteger.ZERO, BigInteger.valueOf(2_001).subtract(claim.asked()));
        assertThat(room.fits()).isTrue();
        assertThat(full.fits()).isEqualTo(!refuses);
        assertThat(room.room() != null).isEqualTo(refuses);
        if (refuses) {
            assertThat(full.refused().owner().level()).isEqualTo(kind.level());
            assertThat(full.refused().models()).isEqualTo(kind.models());
            assertThat(full.refused().amount()).isEqualTo(2_000);
        }
    }

    @Test
    void ofSeveralThatRefuseAlikeTheHigherOneIsTold() {
        List<CallStanding> standings = Arrays.stream(Level.values())
                .map(level -> new Kind(Meter.TOKENS, Window.DAY, level, null, true, BigInteger.ONE).rule())
                .map(rule -> new CallStanding(new CallClaim(rule, UTC.period(Window.DAY, AT), BigInteger.ONE), BigInteger.ONE, BigInteger.ZERO))
                .toList();
        assertThat(Weighing.refusedBy(standings.reversed()).orElseThrow().claim().rule().level()).isEqualTo(Level.TENANT);
        assertThat(Weighing.refusedBy(standings.subList(2, 4)).orElseThrow().claim().rule().level()).isEqualTo(Level.PERSON);
    }

    private static Ask ask(String model) {
        CallId call = new CallId(new UUID(AT.toEpochMilli() << 16 | 7L << 12, Long.MIN_VALUE));
        return new Ask(
                call, 0, AT, new Ask.Caller(new TenantId(new UUID(1, 1)), new ProjectId(new UUID(1, 2)), null, "somebody"),
                new Ask.Target(new EndpointId(new UUID(1, 3)), model, "sku", true, 32_768), new Ask.Bound(1_000, 500), CallPath.CHAT_COMPLETIONS,
                AT.plusSeconds(60));
    }

    private static CallStanding full(Meter meter, Window window) {
        return standing(meter, window, BigInteger.TEN, BigInteger.TEN, BigInteger.ZERO, BigInteger.ONE);
    }

    private static CallStanding standing(
            Meter meter, Window window, @Nullable BigInteger amount, BigInteger settled, BigInteger leased, BigInteger asked) {
        CallRule rule = new CallRule(new LimitId(new UUID(1, meter.ordinal())), Level.TENANT, new UUID(1, 2), "research", meter, null, window, amount, true);
        return new CallStanding(new CallClaim(rule, UTC.period(window, AT), asked), settled, leased);
    }
}

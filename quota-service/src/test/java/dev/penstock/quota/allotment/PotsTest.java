package dev.penstock.quota.allotment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PotsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final PotId TENANT = new PotId(new LimitId(new UUID(1, 1)), Period.ALWAYS);
    private static final PotId KEY = new PotId(new LimitId(new UUID(2, 2)), Period.ALWAYS);

    private final Pots pots = new Pots(Duration.ofSeconds(5), Duration.ofMinutes(1));

    @Test
    void allLevelsAreTakenOrNone() {
        learn(row(TENANT, 1, 10, 0), row(KEY, 2, 3, 0));
        assertThat(pots.take(List.of(claim(TENANT, 4), claim(KEY, 4)), 0)).isEqualTo(new Taking.Short(List.of(new Taking.Lack(KEY, big(1)))));
        assertThat(free(TENANT)).isEqualTo(10);
        assertThat(pots.take(List.of(claim(TENANT, 3), claim(KEY, 3)), 0)).isEqualTo(new Taking.Taken(List.of(share(TENANT, 1, 3), share(KEY, 2, 3))));
        assertThat(List.of(free(TENANT), free(KEY))).containsExactly(7L, 0L);
    }

    @Test
    void whatWasNotUsedIsFreeOnceItHasEnded() {
        learn(row(TENANT, 1, 10, 0));
        pots.take(List.of(claim(TENANT, 10)), 0);
        pots.end(List.of(new Used(share(TENANT, 1, 10), big(4))));
        assertThat(free(TENANT)).isEqualTo(6);
    }

    @Test
    void rowsThatAreToldLateOrTwiceAddNothing() {
        learn(row(TENANT, 1, 10, 0));
        learn(row(TENANT, 1, 30, 0));
        pots.take(List.of(claim(TENANT, 25)), 0);
        learn(row(TENANT, 1, 10, 0));
        learn(row(TENANT, 1, 30, 0));
        assertThat(free(TENANT)).isEqualTo(5);
    }

    @Test
    void aReturnNamesTheTotalUntilItIsKnownToBeDone() {
        learn(row(TENANT, 1, 10, 0));
        assertThat(pots.giveUpAll()).containsExactly(new Giving(TENANT, 1, big(10), 0));
        assertThat(pots.giveUpAll()).as("its answer was lost").containsExactly(new Giving(TENANT, 1, big(10), 0));
        learn(row(TENANT, 1, 14, 10));
        assertThat(pots.giveUpAll()).containsExactly(new Giving(TENANT, 1, big(14), 0));
        pots.returned(List.of(new Giving(TENANT, 1, big(14), 0)));
        assertThat(pots.giveUpAll()).isEmpty();
    }

    @Test
    void anAllotmentOfALimitThatWasSetAnewKnowsNothingOfTheOldOne() {
        learn(row(TENANT, 1, 10, 0));
        pots.take(List.of(claim(TENANT, 8)), 0);
        learn(row(TENANT, 5, 3, 0));
        pots.end(List.of(new Used(share(TENANT, 1, 8), BigInteger.ZERO)));
        assertThat(free(TENANT)).isEqualTo(3);
        learn(row(TENANT, 1, 10, 0));
        assertThat(free(TENANT)).as("the old row was read before").isEqualTo(3);
    }

    @Test
    void oneThatHasNoRowAnyMoreIsForgottenAndOneDrawnMeanwhileIsNot() {
        learn(row(TENANT, 1, 10, 0));
        Set<Long> known = pots.known();
        learn(row(KEY, 2, 5, 0));
        pots.learn(List.of(), known);
        assertThat(List.of(pots.has(TENANT), pots.has(KEY))).containsExactly(false, true);
    }

    @Test
    void ofALimitThatAllowsLessThanIsUsedNothingIsTakenAndAllIsReturned() {
        pots.learn(List.of(new Holding(TENANT, 1, big(10), big(0), big(-1))), Set.of());
        assertThat(pots.take(List.of(claim(TENANT, 1)), 0)).isInstanceOf(Taking.Short.class);
        assertThat(pots.giveUpIdle(0)).containsExactly(new Giving(TENANT, 1, big(10), 0));
    }

    @Test
    void whatNobodyAsksForIsReturnedAfterAWhile() {
        learn(row(TENANT, 1, 10, 0));
        pots.take(List.of(claim(TENANT, 1)), 0);
        assertThat(pots.giveUpIdle(59 * SECOND)).isEmpty();
        assertThat(pots.giveUpIdle(60 * SECOND)).containsExactly(new Giving(TENANT, 1, big(9), 0));
    }

    @Test
    void whatIsWantedIsWhatWasAskedForLately() {
        pots.take(List.of(claim(TENANT, 7)), 0);
        pots.take(List.of(claim(TENANT, 7)), 4 * SECOND);
        assertThat(pots.draw(List.of(claim(TENANT, 7)), false, Map.of(), 6 * SECOND)).isEqualTo(new Draw(List.of(new Draw.Line(TENANT, big(7), big(14), 0))));
        assertThat(pots.draw(List.of(claim(TENANT, 7)), false, Map.of(), 16 * SECOND)).isEqualTo(new Draw(List.of(new Draw.Line(TENANT, big(7), big(0), 0))));
    }

    @Test
    void aPeriodThatIsForgottenIsNeitherTakenFromNorLearntAgain() {
        Period minute = new Period(Instant.parse("2026-03-02T10:00:00Z"), Instant.parse("2026-03-02T10:01:00Z"));
        PotId pot = new PotId(TENANT.limit(), minute);
        learn(row(pot, 1, 10, 0));
        pots.take(List.of(claim(pot, 4)), 0);
        pots.forget(minute.end(), 0);
        learn(row(pot, 1, 10, 0));
        assertThat(pots.has(pot)).as("four of the ten are under way, which nobody knows any more").isFalse();
        assertThatThrownBy(() -> pots.take(List.of(claim(pot, 1)), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void potsAreRetiredOnlyOnceNothingIsHeldAndThenLearnNothing() {
        learn(row(TENANT, 1, 10, 0));
        assertThat(pots.retire()).as("something is idle").isFalse();
        pots.take(List.of(claim(TENANT, 4)), 0);
        pots.returned(pots.giveUpAll());
        assertThat(pots.retire()).as("something is under way").isFalse();
        pots.end(List.of(new Used(share(TENANT, 1, 4), big(0))));
        List<Giving> givings = pots.giveUpAll();
        assertThat(pots.retire()).as("something is on its way back").isFalse();
        pots.returned(givings);
        assertThat(pots.retire()).isTrue();
        learn(row(TENANT, 1, 20, 10));
        assertThat(pots.take(List.of(claim(TENANT, 1)), 0)).isInstanceOf(Taking.Short.class);
    }

    @Test
    void amountsMayBeAsBigAsTheColumn() {
        BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        pots.learn(List.of(new Holding(TENANT, 1, most, BigInteger.ZERO, null)), Set.of());
        pots.take(List.of(new Claim(TENANT, most.subtract(BigInteger.ONE))), 0);
        assertThat(free(TENANT)).isEqualTo(1);
    }

    @Test
    void theNextMinutesAreDrawnAheadWhereThereIsDemand() {
        WindowsAhead ahead = new WindowsAhead(10, Duration.ofSeconds(5));
        Instant at = Instant.parse("2026-03-02T10:00:30Z");
        assertThat(ahead.draws(pots, KEY.limit(), Window.MINUTE, at, 0)).isEmpty();
        pots.take(List.of(claim(KEY, 3)), 0);
        List<Draw> draws = ahead.draws(pots, KEY.limit(), Window.MINUTE, at, 0);
        assertThat(draws).hasSize(10);
        assertThat(draws.getFirst().lines()).containsExactly(new Draw.Line(
                new PotId(KEY.limit(), new Period(Instant.parse("2026-03-02T10:01:00Z"), Instant.parse("2026-03-02T10:02:00Z"))), big(0), big(36), 0));
        assertThat(draws.getLast().lines().getFirst().pot().period().end()).isEqualTo(Instant.parse("2026-03-02T10:11:00Z"));
        assertThat(ahead.draws(pots, KEY.limit(), Window.DAY, at, 0)).isEmpty();
    }

    @Test
    void theNextMinutesAreDrawnAgainWhenDemandHasDoubled() {
        WindowsAhead ahead = new WindowsAhead(1, Duration.ofMinutes(1));
        Instant at = Instant.parse("2026-03-02T10:00:30Z");
        PotId next = new PotId(KEY.limit(), new Period(Instant.parse("2026-03-02T10:01:00Z"), Instant.parse("2026-03-02T10:02:00Z")));
        pots.take(List.of(claim(KEY, 3)), 0);
        assertThat(wantedAhead(ahead, at)).containsExactly(big(3));
        assertThat(wantedAhead(ahead, at)).as("nobody has said that it was drawn").containsExactly(big(3));
        pots.learn(List.of(new Holding(next, 7, big(3), BigInteger.ZERO, null)), Set.of());
        pots.take(List.of(claim(KEY, 2)), 0);
        assertThat(wantedAhead(ahead, at)).as("5 are not twice 3").isEmpty();
        pots.take(List.of(claim(KEY, 1)), 0);
        assertThat(wantedAhead(ahead, at)).as("6, less what is held").containsExactly(big(3));
        assertThat(wantedAhead(ahead, at)).as("a limit that has no more is not asked each time").isEmpty();
        ahead.forget();
        assertThat(wantedAhead(ahead, at)).as("it may not have been drawn").containsExactly(big(3));
    }

    private List<BigInteger> wantedAhead(WindowsAhead ahead, Instant at) {
        return ahead.draws(pots, KEY.limit(), Window.MINUTE, at, 0).stream().map(draw -> draw.lines().getFirst().wanted()).toList();
    }

    @Test
    void halfOfWhatIsLeftIsSharedByTheReplicasAndWhatIsNeededIsGranted() {
        assertThat(Sizing.granted(big(1), big(1_000), big(800), 4)).isEqualTo(100);
        assertThat(Sizing.granted(big(1), big(30), big(800), 4)).isEqualTo(30);
        assertThat(Sizing.granted(big(200), big(1_000), big(800), 4)).isEqualTo(200);
        assertThat(Sizing.granted(big(0), big(1_000), big(-5), 4)).isEqualTo(0);
    }

    @Test
    void aContactIsCountedFromWhenItWasAsked() {
        Contact contact = new Contact(Duration.ofSeconds(300), Duration.ofSeconds(360));
        assertThat(contact.admits(0)).as("never heard of").isFalse();
        contact.heard(10 * SECOND);
        contact.heard(5 * SECOND);
        assertThat(contact.admits(309 * SECOND)).isTrue();
        assertThat(contact.admits(310 * SECOND)).isFalse();
        assertThat(contact.holdsSlots(369 * SECOND)).isTrue();
        assertThat(contact.holdsSlots(370 * SECOND)).isFalse();
    }

    private void learn(Holding... rows) {
        pots.learn(List.of(rows), Set.of());
    }

    private long free(PotId pot) {
        return pots.free(pot).longValueExact();
    }

    private static Holding row(PotId pot, long number, long drawn, long returned) {
        return new Holding(pot, number, big(drawn), big(returned), null);
    }

    private static Claim claim(PotId pot, long asked) {
        return new Claim(pot, big(asked));
    }

    private static Share share(PotId pot, long number, long taken) {
        return new Share(pot, number, big(taken));
    }

    private static BigInteger big(long amount) {
        return BigInteger.valueOf(amount);
    }
}

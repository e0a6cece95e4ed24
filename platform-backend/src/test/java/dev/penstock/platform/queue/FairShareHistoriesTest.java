package dev.penstock.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A fleet's life by chance: teams ask, give back, are served and stopped as decided. What must hold is said a second time here, in other words. */
class FairShareHistoriesTest {

    private static final int STEPS = 120;

    private final List<Held> held = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<TenantId, Terms> terms = new HashMap<>();
    private Instant now = Sketch.NOON;
    private int offered;
    private long ids;

    @RepeatedTest(200)
    void noHistoryBreaksAPromise(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        begin(random);
        for (int step = 0; step < STEPS; step++) {
            now = now.plusSeconds(60);
            happens(random);
            Decision decision = FairShare.decide(picture());
            check(decision);
            if (random.nextInt(3) > 0) {
                follow(decision, random.nextBoolean());
            }
        }
        settles();
    }

    /** What is guaranteed in all is never more than there is: more is not promised. */
    private void begin(Random random) {
        offered = 4 + random.nextInt(12);
        int left = offered;
        for (int team = 0; team < 5; team++) {
            int guaranteed = random.nextInt(Math.min(left, 5) + 1);
            left -= guaranteed;
            terms.put(tenant(team), new Terms(guaranteed, 1 + random.nextInt(3), Map.of()));
        }
    }

    private void happens(Random random) {
        if (random.nextInt(3) > 0) {
            int size = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
            waiting.add(new Waiting(tenant(random.nextInt(5)), new SliceId(new UUID(0, ++ids)), size, now, random.nextInt(10) > 0, false, null, false, null));
        } else if (!held.isEmpty()) {
            held.remove(random.nextInt(held.size()));
        }
    }

    private Picture picture() {
        Picture.Kind kind = new Picture.Kind(Sketch.DEVICE, 120, true, Map.of(Sketch.DEVICE, offered * 120L));
        int free = offered - sum(held);
        return new Picture(kind, () -> new Sketch.Sum(free), held, waiting, terms, Calendar.empty(offered), now, now.plus(Sketch.NOTICE));
    }

    private void check(Decision decision) {
        int free = offered - sum(held);
        int given = decision.queue().stream().filter(place -> place.turn() == Place.Turn.NOW).mapToInt(place -> place.slice().size()).sum();
        assertThat(decision.queue()).extracting(Place::slice).as("everybody has one place").containsExactlyInAnyOrderElementsOf(waiting);
        assertThat(given).as("no more is given than is free").isLessThanOrEqualTo(free);
        assertThat(decision.givingBack()).as("nobody gives back what is guaranteed").noneMatch(guaranteed()::contains);
        assertThat(new HashSet<>(decision.givingBack())).as("nobody twice").hasSameSizeAs(decision.givingBack());
        List<Place> collecting = decision.queue().stream().filter(place -> place.turn() == Place.Turn.COLLECTS).toList();
        assertThat(collecting).as("parts are kept only within a guarantee").allMatch(Place::guaranteed);
        int kept = collecting.stream().mapToInt(place -> place.slice().size()).sum();
        int going = held.stream().filter(one -> one.motion() == Held.Motion.GOING).mapToInt(Held::size).sum();
        int missing = Math.max(0, kept - (free - given) - going);
        int back = sum(decision.givingBack());
        assertThat(back).as("enough is given back").isGreaterThanOrEqualTo(missing);
        assertThat(decision.givingBack()).as("and nobody's for nothing").allMatch(one -> back - one.size() < missing);
        if (collecting.isEmpty()) {
            assertThat(decision.queue()).as("nothing stays free that somebody could use")
                    .noneMatch(place -> place.turn() == Place.Turn.LATER && place.slice().size() <= free - given);
        }
    }

    /** Slice by slice, the oldest first, as long as they lie within. */
    private Set<Held> guaranteed() {
        Map<TenantId, Integer> used = new HashMap<>();
        Set<Held> covered = new HashSet<>();
        held.stream().filter(one -> one.motion() != Held.Motion.GOING).sorted((one, other) -> one.since().compareTo(other.since())).forEach(one -> {
            int then = used.getOrDefault(one.tenant(), 0) + one.size();
            if (then <= terms.getOrDefault(one.tenant(), Terms.NONE).guaranteed()) {
                used.put(one.tenant(), then);
                covered.add(one);
            }
        });
        return covered;
    }

    /** @param gone whether what is taken back is back at once, or still on its way */
    private void follow(Decision decision, boolean gone) {
        held.removeIf(one -> one.motion() == Held.Motion.GOING && gone);
        for (Held one : decision.givingBack()) {
            held.remove(one);
            if (gone) {
                waiting.add(new Waiting(one.tenant(), one.slice(), one.size(), one.since(), true, false, null, false, null));
            } else {
                held.add(new Held(one.tenant(), one.slice(), one.size(), one.since(), false, Held.Motion.GOING, null, null));
            }
        }
        for (Place place : decision.queue()) {
            if (place.turn() == Place.Turn.NOW) {
                Waiting slice = place.slice();
                waiting.remove(slice);
                held.add(new Held(slice.tenant(), slice.slice(), slice.size(), slice.since(), false, Held.Motion.STAYING, null, null));
            }
        }
    }

    /** Nobody comes or goes any more: then everything guaranteed is held soon, nobody is stopped any more, and so it stays. */
    private void settles() {
        Duration each = Duration.ofMinutes(1);
        Decision decision = FairShare.decide(picture());
        for (int round = 0; round <= 20 && (!decision.givingBack().isEmpty() || moves(decision)); round++) {
            assertThat(round).as("rounds until all is at rest").isLessThan(20);
            follow(decision, true);
            now = now.plus(each);
            decision = FairShare.decide(picture());
            check(decision);
        }
        assertThat(decision.queue()).as("nobody waits for what is guaranteed").noneMatch(place -> place.guaranteed() && place.slice().pressing());
    }

    private boolean moves(Decision decision) {
        return decision.queue().stream().anyMatch(place -> place.turn() != Place.Turn.LATER) || held.stream().anyMatch(one -> one.motion() == Held.Motion.GOING);
    }

    private static int sum(List<Held> slices) {
        return slices.stream().mapToInt(Held::size).sum();
    }

    private static TenantId tenant(int team) {
        return new TenantId(new UUID(1, team));
    }
}

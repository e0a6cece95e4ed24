package dev.penstock.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.queue.Calendar.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * A fleet's life by chance with reservations, minute by minute and with notices as they are given. While capacity stands still, each has its part
 * at its start, and no more is held than there is.
 */
class ReservationHistoriesTest {

    private static final int MINUTES = 240;
    private static final int TEAMS = 4;

    private final List<Held> held = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Booked> booked = new ArrayList<>();
    private final Map<TenantId, Terms> terms = new HashMap<>();
    private Instant now = Sketch.NOON;
    private int offered;
    private int guaranteed;
    private long ids;
    private int begun;

    @RepeatedTest(60)
    void everyReservationHasItsPartAtItsStart(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        begin(random);
        for (int minute = 0; minute < MINUTES; minute++) {
            now = now.plusSeconds(60);
            happens(random);
            begins();
            turn();
        }
        assertThat(begun).as("reservations in this history").isPositive();
    }

    private void begin(Random random) {
        offered = 3 + random.nextInt(8);
        for (int team = 0; team < TEAMS; team++) {
            int promised = random.nextInt(Math.max(1, (offered - guaranteed) / 2));
            guaranteed += promised;
            terms.put(tenant(team), new Terms(promised, 1 + random.nextInt(3), Map.of()));
        }
    }

    private void happens(Random random) {
        if (random.nextInt(3) == 0 && waiting.size() < 8) {
            boolean serving = random.nextInt(4) == 0;
            // A model server is up for as long as it likes.
            Instant until = serving ? null : now.plusSeconds(60L * (1 + random.nextInt(120)));
            waiting.add(new Waiting(tenant(random.nextInt(TEAMS)), new SliceId(new UUID(0, ++ids)), 1, now, true, serving, until, false, null));
        }
        if (random.nextInt(6) == 0) {
            // From a notice of a model server on: what comes up just before an approval cannot be asked back earlier.
            Instant from = now.plus(Duration.ofMinutes(33 + random.nextInt(60)));
            Instant to = from.plus(Duration.ofMinutes(5 + random.nextInt(60)));
            List<Span> spans = spans();
            if (Calendar.busiest(spans, from, to) + guaranteed < offered) {
                booked.add(new Booked(tenant(random.nextInt(TEAMS)), new SliceId(new UUID(0, ++ids)), 1, from, to));
            }
        }
        if (random.nextInt(5) == 0 && !held.isEmpty()) {
            held.remove(random.nextInt(held.size()));
        }
        // Whoever can, extends at the last moment.
        held.replaceAll(one -> one.leaseEndsAt() != null && !one.leaseEndsAt().isAfter(now.plusSeconds(60)) && one.bookedUntil() == null && one.givesBackAt() == null && random.nextBoolean()
                ? new Held(one.tenant(), one.slice(), 1, one.since(), one.serving(), one.motion(), now.plusSeconds(120), one.givesBackAt())
                : one);
        held.removeIf(one -> one.leaseEndsAt() != null && !one.leaseEndsAt().isAfter(now));
    }

    private List<Span> spans() {
        List<Span> spans = new ArrayList<>(booked.stream().map(one -> new Span(one.from(), one.to(), 1)).toList());
        held.stream().filter(one -> one.isBooked(now)).forEach(one -> spans.add(new Span(now, one.bookedUntil(), 1)));
        return spans;
    }

    private void begins() {
        for (Booked one : List.copyOf(booked)) {
            if (!one.from().isAfter(now)) {
                booked.remove(one);
                waiting.add(new Waiting(one.tenant(), one.slice(), 1, one.from(), true, false, one.to(), true, null));
                begun++;
            }
        }
    }

    private void turn() {
        notices();
        waiting.replaceAll(this::asOfNow);
        Decision decision = FairShare.decide(picture());
        assertThat(decision.queue()).filteredOn(place -> place.slice().booked()).as("at its start").allMatch(place -> place.turn() == Place.Turn.NOW);
        decision.queue().stream().filter(place -> place.turn() == Place.Turn.NOW).forEach(place -> comesUp(place.slice()));
        assertThat(held.size()).as("never more than there is").isLessThanOrEqualTo(offered);
        notices();
    }

    private void notices() {
        Decision decision = FairShare.decide(picture());
        for (Held one : List.copyOf(held)) {
            boolean chosen = decision.givingBack().contains(one);
            if (chosen && one.givesBackAt() != null && !now.isBefore(one.givesBackAt())) {
                held.remove(one);
                waiting.add(new Waiting(one.tenant(), one.slice(), 1, now, true, one.serving(), one.leaseEndsAt() == null ? null : now.plusSeconds(3_600), false, null));
            } else if (chosen != (one.givesBackAt() != null)) {
                Duration notice = one.serving() ? Duration.ofMinutes(30) : Sketch.NOTICE;
                held.remove(one);
                held.add(new Held(
                        one.tenant(), one.slice(), 1, one.since(), one.serving(), one.motion(), one.leaseEndsAt(), chosen ? now.plus(notice) : null,
                        one.bookedUntil()));
            }
        }
    }

    private void comesUp(Waiting slice) {
        waiting.remove(slice);
        Instant bookedUntil = slice.booked() ? slice.until() : null;
        Duration lease = slice.until() == null ? Duration.ZERO : Duration.between(slice.since(), slice.until());
        Instant until = slice.serving() || slice.booked() ? slice.until() : now.plus(lease);
        held.add(new Held(slice.tenant(), slice.slice(), 1, slice.since(), slice.serving(), Held.Motion.STAYING, until, null, bookedUntil));
    }

    private Waiting asOfNow(Waiting slice) {
        Instant until = slice.until();
        return slice.booked() || until == null
                ? slice
                : new Waiting(
                        slice.tenant(), slice.slice(), 1, now, slice.pressing(), slice.serving(), now.plus(Duration.between(slice.since(), until)), false, null);
    }

    private Picture picture() {
        Picture.Kind kind = new Picture.Kind(Sketch.DEVICE, 120, true, Map.of(Sketch.DEVICE, offered * 120L));
        int free = offered - held.size();
        return new Picture(
                kind, () -> new Sketch.Sum(free), held, List.copyOf(waiting), terms, new Calendar(offered, booked, Sketch.NOTICE, Duration.ofMinutes(30)), now,
                now.plus(Sketch.NOTICE));
    }

    private static TenantId tenant(int team) {
        return new TenantId(new UUID(1, team));
    }
}

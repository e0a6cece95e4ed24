package dev.penstock.quota.allotment;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** A clock that moves when somebody has something to do, and a seeded scheduler: what is due at the same time comes in an order of the seed's. */
final class VirtualTime {

    private record Due(long at, int die, long number, Runnable what) {}

    static final long MILLI = 1_000_000;
    static final Instant BEGIN = Instant.parse("2026-03-02T10:00:30Z");

    final Random random;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingInt(Due::die).thenComparingLong(Due::number));
    private long now;
    private long number;

    VirtualTime(long seed) {
        this.random = new Random(seed);
    }

    long now() {
        return now;
    }

    Instant instant() {
        return BEGIN.plusNanos(now);
    }

    void after(long millis, Runnable what) {
        due.add(new Due(now + millis * MILLI, random.nextInt(), number++, what));
    }

    /** Somewhere between the two, in milliseconds. */
    void within(long least, long most, Runnable what) {
        after(between(least, most), what);
    }

    long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** @return how many things were done */
    int runUntil(long millis, Runnable afterEach) {
        int done = 0;
        while (!due.isEmpty() && due.peek().at() <= millis * MILLI) {
            Due next = due.remove();
            now = next.at();
            next.what().run();
            afterEach.run();
            done++;
        }
        now = Math.max(now, millis * MILLI);
        return done;
    }
}

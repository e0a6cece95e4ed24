package dev.penstock.standalone.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for something that others do, by looking. */
final class Patience {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private Patience() {}

    /**
     * Looks until it is as expected.
     *
     * @param told how what was seen last reads, when the time is over
     * @throws Unexpected when the time is over
     */
    static <T> T until(String expected, Duration atMost, Supplier<T> look, Predicate<T> good, Function<T, Object> told) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            // What is seen is as old as the beginning of its look, so that the last one begins when the time is over.
            boolean last = System.nanoTime() - end >= 0;
            T seen = look.get();
            if (good.test(seen)) {
                return seen;
            }
            if (last) {
                throw new Unexpected("expected within " + atMost.toSeconds() + " s that " + expected + ", seen " + told.apply(seen));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}

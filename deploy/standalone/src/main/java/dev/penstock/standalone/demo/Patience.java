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
        T seen = look.get();
        while (!good.test(seen)) {
            if (System.nanoTime() - end > 0) {
                throw new Unexpected("expected within " + atMost.toSeconds() + " s that " + expected + ", seen " + told.apply(seen));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = look.get();
        }
        return seen;
    }
}

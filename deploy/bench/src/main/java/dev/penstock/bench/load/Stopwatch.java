package dev.penstock.bench.load;

/** Nanoseconds since it was made, so that instants are small positive numbers that can be compared. */
final class Stopwatch {

    private final long started = System.nanoTime();

    long now() {
        return System.nanoTime() - started;
    }
}

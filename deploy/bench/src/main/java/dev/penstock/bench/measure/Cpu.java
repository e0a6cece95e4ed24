package dev.penstock.bench.measure;

import java.time.Duration;

/** The CPU that processes have used since they began, by the operating system. */
public final class Cpu {

    private Cpu() {}

    /** Reads what these processes and all below them use, those that have ended included. */
    public static Cpu of(long... pids) {
        throw new UnsupportedOperationException();
    }

    /** User and system time until now. It moves in ticks of 10 ms, so that what lies between two readings should be seconds. */
    public Duration used() {
        throw new UnsupportedOperationException();
    }
}

package dev.penstock.bench.measure;

/** The memory that processes hold. */
public final class Memory {

    private Memory() {}

    /** Bytes of a process that are in memory (resident), without those below it. */
    public static long resident(long pid) {
        throw new UnsupportedOperationException();
    }
}

package dev.penstock.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Many streams alive at once. */
public final class Streams {

    private Streams() {}

    /** As {@link #open(Address, Work, int, Duration, Runnable)}, without a word when all are alive. */
    public static Outcome open(Address address, Work work, int streams, Duration howLong) throws IOException {
        return open(address, work, streams, howLong, () -> {});
    }

    /**
     * Begins streams one after another, 1,000 a second, and another one for each that ends, until that long after the last of
     * them has begun; those that are open then are read to their end.
     *
     * @param whenAllAreAlive called once, when each connection has had its first byte; on the thread that reads, so that it must
     *                        not wait for anything
     * @throws IOException when the connections cannot be opened
     */
    public static Outcome open(Address address, Work work, int streams, Duration howLong, Runnable whenAllAreAlive) throws IOException {
        throw new UnsupportedOperationException();
    }
}

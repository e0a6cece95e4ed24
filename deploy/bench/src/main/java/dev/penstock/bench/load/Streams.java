package dev.penstock.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Many streams alive at once. */
public final class Streams {

    private static final long BETWEEN_BEGINNINGS = Duration.ofMillis(1).toNanos();

    private Streams() {}

    /** As {@link #open(Address, Work, int, Duration, Runnable)}, without a word when all are alive. */
    public static Outcome open(Address address, Work work, int streams, Duration howLong) throws IOException {
        return open(address, work, streams, howLong, () -> {});
    }

    /**
     * Begins streams one after another, 1,000 a second, so that their chunks do not come in step, and another one for each that ends,
     * until that long after the last of them was to begin; those that are open then are read to their end.
     *
     * @param whenAllAreAlive called once, when each connection has had the first byte of a stream, which never happens if one is
     *                        refused for good; on the thread that reads, so that it must not wait for anything
     * @throws IOException when the connections cannot be opened
     */
    public static Outcome open(Address address, Work work, int streams, Duration howLong, Runnable whenAllAreAlive) throws IOException {
        return Generator.run(address, work, streams, new Rising(streams, howLong.toNanos()), whenAllAreAlive);
    }

    private static final class Rising implements Pace {

        private final int streams;
        private final long end;
        private int begun;

        Rising(int streams, long howLong) {
            this.streams = streams;
            end = streams * BETWEEN_BEGINNINGS + howLong;
        }

        @Override
        public long next(long now) {
            if (begun < streams) {
                return begun * BETWEEN_BEGINNINGS;
            }
            return now < end ? now : NEVER;
        }

        @Override
        public void begun() {
            begun = Math.min(begun + 1, streams);
        }

        @Override
        public long left() {
            return streams - begun;
        }
    }
}

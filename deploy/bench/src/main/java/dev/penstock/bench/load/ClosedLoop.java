package dev.penstock.bench.load;

import java.io.IOException;
import java.time.Duration;

/** As many callers as there are connections, each of which asks again when it has been answered: finds how much a subject can do. */
public final class ClosedLoop {

    private ClosedLoop() {}

    /**
     * Calls for that long, then waits for what is open. All connections are open before the first call is made.
     *
     * @throws IOException when the connections cannot be opened
     */
    public static Outcome run(Address address, Work work, int connections, Duration howLong) throws IOException {
        return Generator.run(address, work, connections, new AtOnce(howLong.toNanos()), () -> {});
    }

    /** A call is due whenever somebody can make it. */
    private record AtOnce(long end) implements Pace {

        @Override
        public long next(long now) {
            return now < end ? now : NEVER;
        }

        @Override
        public void begun() {} // the next one is due all the same

        @Override
        public long left() {
            return 0;
        }
    }
}

package dev.penstock.bench.load;

import java.io.IOException;
import java.time.Duration;

/**
 * Calls come when they come, whether or not those before them were answered. Each call's time counts from the instant at which it
 * was due, so that a subject which stands still for a second is seen to have kept everybody waiting who came in that second.
 */
public final class OpenLoop {

    private OpenLoop() {}

    /**
     * Has calls due at even distances for that long. What cannot be begun for want of a connection is begun when one is free, and
     * counts from its due instant too. All connections are open before the first call is due.
     *
     * @throws IOException when the connections cannot be opened
     */
    public static Outcome run(Address address, Work work, double callsPerSecond, int mostConnections, Duration howLong) throws IOException {
        if (!(callsPerSecond > 0)) {
            throw new IllegalArgumentException(callsPerSecond + " calls a second are none");
        }
        return Generator.run(address, work, mostConnections, new Even(1e9 / callsPerSecond, howLong.toNanos(), Generator.PATIENCE), () -> {});
    }

    /** Calls at even distances; those that have not begun when patience has ended too never do. */
    static final class Even implements Pace {

        private final double distance;
        private final long calls;
        private final long lastBeginning;
        private long begun;

        Even(double distance, long howLong, Duration patience) {
            this.distance = distance;
            calls = Math.max(1, (long) (howLong / distance));
            lastBeginning = howLong + patience.toNanos();
        }

        @Override
        public long next(long now) {
            return begun == calls || now > lastBeginning ? NEVER : (long) (begun * distance);
        }

        @Override
        public void begun() {
            begun++;
        }

        @Override
        public long left() {
            return calls - begun;
        }
    }
}

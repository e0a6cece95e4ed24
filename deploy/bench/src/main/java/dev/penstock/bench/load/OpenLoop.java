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
        throw new UnsupportedOperationException();
    }
}

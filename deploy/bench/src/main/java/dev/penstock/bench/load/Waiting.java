package dev.penstock.bench.load;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Connections that wait for their next piece. All wait for the same time, so that who came first is due first and a queue is in order. */
final class Waiting {

    /** When nobody waits. */
    static final long NEVER = Long.MAX_VALUE;

    private final long nanos;
    private final ArrayDeque<ServerConnection> connections = new ArrayDeque<>();

    Waiting(Duration howLong) {
        nanos = howLong.toNanos();
    }

    /** Waits from that instant on; it must not be before the one given last. */
    void add(ServerConnection connection, long since) {
        connection.dueAt(since + nanos);
        connections.add(connection);
    }

    /** The instant at which the first one is due, or {@link #NEVER}. */
    long next() {
        ServerConnection first = connections.peek();
        return first == null ? NEVER : first.due();
    }

    /** Takes out the first one that is due, if there is one. */
    @Nullable ServerConnection poll(long now) {
        return next() <= now ? connections.poll() : null;
    }
}

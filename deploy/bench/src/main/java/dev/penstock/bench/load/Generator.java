package dev.penstock.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes the calls of one run over its connections, on the thread of whoever asks for it. */
final class Generator implements AutoCloseable {

    /** How long nothing may come, once no further call is due, before what is open is given up; and how long a connection may take to open. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_SLEEP = 100 * MILLISECOND;
    /** A selector wakes up this much too late; what is due sooner is waited for awake. */
    private static final long LATENESS = MILLISECOND / 5;

    private final Selector selector;
    private final Pace pace;
    private final Duration patience;
    private final Tally tally;
    private final Runnable whenAllAreAlive;
    private final List<ClientConnection> connections = new ArrayList<>();
    private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
    private final Set<ClientConnection> notYetAlive = new HashSet<>();
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private final Consumer<SelectionKey> ready = this::ready;
    private Stopwatch stopwatch = new Stopwatch();
    private long lastSign;

    private Generator(Pace pace, Duration patience, Tally tally, Runnable whenAllAreAlive) throws IOException {
        selector = Selector.open();
        this.pace = pace;
        this.patience = patience;
        this.tally = tally;
        this.whenAllAreAlive = whenAllAreAlive;
    }

    static Outcome run(Address address, Work work, int connections, Pace pace, Runnable whenAllAreAlive) throws IOException {
        return run(address, work, connections, pace, PATIENCE, whenAllAreAlive);
    }

    static Outcome run(Address address, Work work, int connections, Pace pace, Duration patience, Runnable whenAllAreAlive) throws IOException {
        if (connections < 1) {
            throw new IllegalArgumentException("calls need a connection, not " + connections);
        }
        try (Generator generator = new Generator(pace, patience, new Tally(work.stream()), whenAllAreAlive)) {
            generator.open(address, work, connections);
            return generator.run();
        }
    }

    private void open(Address address, Work work, int count) throws IOException {
        byte[] bytes = work.request(address);
        ByteBuffer request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        for (int i = 1; i <= count; i++) {
            ClientConnection connection = new ClientConnection(address, selector, work, request);
            try {
                connection.open();
            } catch (IOException refused) {
                throw new IOException("connection " + i + " of " + count + " to port " + address.port() + " cannot be opened: " + refused.getMessage(), refused);
            }
            connections.add(connection);
        }
    }

    private Outcome run() throws IOException {
        idle.addAll(connections);
        notYetAlive.addAll(connections);
        stopwatch = new Stopwatch();
        beginWhatIsDue();
        while (!isOver()) {
            await();
            beginWhatIsDue();
        }
        return outcome();
    }

    private boolean isOver() {
        long now = stopwatch.now();
        return pace.next(now) == Pace.NEVER && (idle.size() == connections.size() || now - lastSign > patience.toNanos());
    }

    private void await() throws IOException {
        long now = stopwatch.now();
        long wait = idle.isEmpty() ? LONGEST_SLEEP : Math.min(pace.next(now) - now, LONGEST_SLEEP);
        if (wait >= MILLISECOND + LATENESS) {
            selector.select(ready, (wait - LATENESS) / MILLISECOND);
            return;
        }
        Thread.yield(); // the upstream may share the core, and has something to do
        selector.selectNow(ready);
    }

    /** Each connection once at most, so that those which fail at once do not keep the others from being read. */
    private void beginWhatIsDue() {
        for (int tries = idle.size(); tries > 0; tries--) {
            long now = stopwatch.now();
            long due = pace.next(now);
            if (due > now) {
                return;
            }
            pace.begun();
            tally.begun(due, now);
            begin(idle.remove(), due);
        }
    }

    private void begin(ClientConnection connection, long due) {
        try {
            connection.call(due);
        } catch (IOException refused) {
            broke(connection);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        lastSign = stopwatch.now();
        ClientConnection connection = (ClientConnection) key.attachment();
        try {
            boolean ended = connection.goOn(key, in, stopwatch);
            seenAlive(connection);
            if (ended) {
                tally.ended(connection, stopwatch.now());
                free(connection);
            }
        } catch (IOException failed) {
            broke(connection);
        }
        beginWhatIsDue();
    }

    private void seenAlive(ClientConnection connection) {
        boolean alive = connection.isUnderway() && connection.hasFirstByte() && connection.status() == 200;
        if (alive && !notYetAlive.isEmpty() && notYetAlive.remove(connection) && notYetAlive.isEmpty()) {
            whenAllAreAlive.run();
        }
    }

    private void broke(ClientConnection connection) {
        connection.close();
        if (connection.isUnderway()) {
            tally.broke(connection, stopwatch.now());
            free(connection);
        }
    }

    private void free(ClientConnection connection) {
        connection.end();
        idle.add(connection);
    }

    private Outcome outcome() {
        long unanswered = pace.left();
        for (ClientConnection connection : connections) {
            if (connection.isUnderway()) {
                unanswered++;
                tally.unanswered(connection);
            }
        }
        return tally.outcome(unanswered);
    }

    @Override
    public void close() throws IOException {
        connections.forEach(ClientConnection::close);
        selector.close();
    }
}

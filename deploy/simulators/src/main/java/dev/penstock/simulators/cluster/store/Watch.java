package dev.penstock.simulators.cluster.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reader of changes of one kind, in order and without holes from where it began; ends rather than lose one. */
public final class Watch implements AutoCloseable {

    /** A reader that falls this far behind is cut off, as the API server does; it lists again. */
    private static final int BACKLOG = 4096;

    private final Kind kind;
    private final String namespace;
    private final Consumer<Watch> onClose;
    /** An empty entry wakes a waiting reader when the watch is closed. */
    private final BlockingQueue<Optional<Change>> queue = new ArrayBlockingQueue<>(BACKLOG);
    private volatile boolean closed;

    Watch(Kind kind, String namespace, Consumer<Watch> onClose) {
        this.kind = kind;
        this.namespace = namespace;
        this.onClose = onClose;
    }

    void offer(Change change) {
        boolean mine = change.kind().equals(kind) && (namespace.isEmpty() || namespace.equals(change.namespace()));
        if (mine && !closed && !queue.offer(Optional.of(change))) {
            close();
        }
    }

    /**
     * The next change, or null when none came in time or the watch is closed and read out.
     *
     * @throws InterruptedException when the reader is to stop
     */
    public @Nullable Change next(Duration patience) throws InterruptedException {
        Optional<Change> next = closed ? queue.poll() : queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        return next == null ? null : next.orElse(null);
    }

    /** Whether everything that was offered has been read. */
    public boolean isReadOut() {
        return queue.isEmpty();
    }

    /** Whether nothing more will come than what is queued. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        // A full queue needs no waking: whoever reads it is not waiting.
        boolean unused = queue.offer(Optional.empty());
    }
}

package dev.penstock.frame.live;

import dev.penstock.contract.Change;
import dev.penstock.frame.BackgroundThread;
import dev.penstock.frame.jobs.JobsInUse;
import dev.penstock.frame.jobs.ListeningConnections;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Reads the change table once per replica, keeps the recent past in memory, and wakes whoever waits for more. */
@Component
public class LiveFeed implements SmartLifecycle {

    /** Changes kept in memory; an older cursor is served from the table. */
    static final int KEPT = 10_000;

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final int POLLS_BETWEEN_CLEANING = 60;

    private final ChangeTable table;
    private final Notifications notifications;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Deque<Change> recent = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Cursor position = Cursor.START;
    private Cursor oldestKept = Cursor.START;
    private @Nullable BackgroundThread reader;
    private volatile boolean running;
    private volatile boolean started;

    LiveFeed(ChangeTable table, ListeningConnections connections, JobsInUse inUse) {
        this.table = table;
        this.notifications = new Notifications(connections, inUse.schema() + "_change");
    }

    /** Calls {@code listener} after each batch of changes, on the feed's thread: for snapshots that follow the tables. Must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Where the feed stands now. */
    Cursor position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** What came after the cursor; waits up to {@code wait} if nothing has. */
    List<Change> after(Cursor cursor, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (cursor.compareTo(position) >= 0 && left > 0 && running) {
                left = more.awaitNanos(left);
            }
            if (cursor.compareTo(oldestKept) >= 0) {
                return recent.stream().filter(change -> cursorOf(change).compareTo(cursor) > 0).toList();
            }
        } finally {
            lock.unlock();
        }
        return table.after(cursor);
    }

    /** True while a stream should go on. */
    boolean open() {
        return running;
    }

    @Override
    public void start() {
        running = true;
        reader = BackgroundThread.start("live-feed", this::read);
    }

    @Override
    public void stop() {
        running = false;
        notifications.close();
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
        if (reader != null) {
            reader.awaitEnd();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void read() {
        int polls = 0;
        while (running) {
            try {
                if (!started) {
                    begin(table.now());
                }
                List<Change> batch = table.after(position());
                if (!batch.isEmpty()) {
                    publish(batch);
                }
                if (batch.size() < ChangeTable.BATCH) {
                    notifications.await(POLL);
                }
                if (++polls % POLLS_BETWEEN_CLEANING == 0) {
                    table.forgetOlderThan(RETENTION);
                }
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("reading the change feed; trying again", e);
                    notifications.pause(POLL);
                }
            }
        }
    }

    private void begin(Cursor now) {
        lock.lock();
        try {
            position = now;
            oldestKept = now;
            started = true;
        } finally {
            lock.unlock();
        }
    }

    private void publish(List<Change> batch) {
        lock.lock();
        try {
            recent.addAll(batch);
            while (recent.size() > KEPT) {
                oldestKept = cursorOf(recent.removeFirst());
            }
            position = cursorOf(batch.getLast());
            more.signalAll();
        } finally {
            lock.unlock();
        }
        new ArrayList<>(listeners).forEach(Runnable::run);
    }

    private static Cursor cursorOf(Change change) {
        return Objects.requireNonNull(Cursor.parse(change.cursor()));
    }
}

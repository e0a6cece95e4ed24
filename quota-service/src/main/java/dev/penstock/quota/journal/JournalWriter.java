package dev.penstock.quota.journal;

import dev.penstock.frame.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is told to disk, on one thread: as much as waits by one write, and one sync. An end that it cannot write waits, and stands in its slot
 * meanwhile; an intent that it cannot write fails, and nothing of its attempt is forwarded. Until it can write again no slot is given, so nothing
 * more is admitted.
 */
final class JournalWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

    private static final int MOST_AT_ONCE = 500;
    /** And one record more: together well below the smallest segment. */
    private static final int MOST_BYTES_AT_ONCE = 64 << 10;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JournalFolder folder;
    private final JournalSettings settings;
    private final Hearing hearing;
    private final JournalMetrics metrics;
    // Both bounded by the journal's places: each has at most one intent and one end in here.
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final Queue<Told> again = new ArrayDeque<>();
    private final List<Told> group = new ArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable ProgressFile progress;
    private volatile @Nullable String trouble;
    private volatile boolean over;
    private @Nullable BackgroundThread thread;
    /** When it last began to write. */
    private long wroteAt = System.nanoTime();

    JournalWriter(JournalFolder folder, JournalSettings settings, Hearing hearing, JournalMetrics metrics) {
        this.folder = folder;
        this.settings = settings;
        this.hearing = hearing;
        this.metrics = metrics;
    }

    /** Makes the files of this life. Returns when they are there, or the disk has refused them; then it goes on trying. */
    void begin(String replica, long epoch) {
        thread = BackgroundThread.start("journal", () -> run(replica, epoch));
        try {
            if (!tried.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the journal's files in {} are not made yet", folder.path());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null: an end could not be written, now or because there are too many. */
    @Nullable Slot takeSlot() {
        ProgressFile slots = progress;
        return slots == null || trouble != null ? null : slots.take();
    }

    void giveBack(Slot slot) {
        ProgressFile slots = progress;
        if (slots != null) {
            slots.giveBack(slot);
        }
    }

    /** Never waits. */
    void write(Told.End end) {
        ends.incrementAndGet();
        told.add(end);
    }

    /** Never waits. */
    void write(Told.Promise promise) {
        told.add(promise);
        String refused = trouble;
        if (refused != null || over) {
            // The thread may have looked for the last time before it was added.
            promise.refuse(new IOException(refused == null ? "the journal is closed" : refused));
        }
    }

    /** Ends that are not on disk. */
    int waiting() {
        return ends.get();
    }

    /** What the disk says; null: nothing is the matter. */
    @Nullable String trouble() {
        return trouble;
    }

    private void run(String replica, long epoch) {
        Segments segments = new Segments(folder, settings, replica, epoch, hearing);
        try {
            while (closing.getCount() > 0 || !told.isEmpty() || !again.isEmpty()) {
                if (!turn(segments, replica, epoch)) {
                    if (closing.getCount() == 0) {
                        log.warn("{} ends stay in the journal's progress file until the next start", waiting());
                        return;
                    }
                    closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
            segments.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warn("finishing the journal in {}; the next start reads it", folder.path(), e);
        } finally {
            over = true;
            refusePromises(told, new IOException("the journal is closed"));
        }
    }

    /** @return false: the disk refused */
    private boolean turn(Segments segments, String replica, long epoch) throws InterruptedException {
        try {
            prepare(segments, replica, epoch);
            better();
            tried.countDown();
            gather(segments);
            write(segments);
            return true;
        } catch (IOException e) {
            worse(segments, e);
            return false;
        } finally {
            tried.countDown();
        }
    }

    private void prepare(Segments segments, String replica, long epoch) throws IOException {
        if (progress == null) {
            progress = ProgressFile.create(folder, replica, epoch, settings.capacity());
        }
        segments.prepare();
    }

    private void gather(Segments segments) throws InterruptedException {
        Told next = again.isEmpty() ? told.poll(patience(segments).toMillis(), TimeUnit.MILLISECONDS) : again.poll();
        if (next != null) {
            awaitOthers();
        }
        int bytes = 0;
        while (next != null) {
            if (!(next instanceof Told.Promise promise && promise.refused())) {
                group.add(next);
                bytes += next.bytes();
            }
            next = group.size() < MOST_AT_ONCE && bytes < MOST_BYTES_AT_ONCE ? poll() : null;
        }
    }

    /**
     * A sync costs more CPU than admitting a call from memory, and at load the next one would begin with the few that came during the one before. Whoever comes
     * after a pause is not kept.
     */
    private void awaitOthers() throws InterruptedException {
        long left = wroteAt + settings.gather().toNanos() - System.nanoTime();
        if (left > 0 && settings.sync().always()) {
            closing.await(left, TimeUnit.NANOSECONDS);
        }
    }

    private @Nullable Told poll() {
        return again.isEmpty() ? told.poll() : again.poll();
    }

    private Duration patience(Segments segments) {
        return !segments.dirty() || settings.sync().every().compareTo(IDLE) > 0 ? IDLE : settings.sync().every();
    }

    private void write(Segments segments) throws IOException {
        if (group.isEmpty()) {
            segments.syncIfDue();
            return;
        }
        long began = System.nanoTime();
        wroteAt = began;
        List<Told> written = List.copyOf(group);
        again.addAll(segments.write(written));
        group.clear();
        ends.addAndGet(-Math.toIntExact(written.stream().filter(Told.End.class::isInstance).count()));
        segments.syncIfDue();
        metrics.written(written, Duration.ofNanos(System.nanoTime() - began));
    }

    private void worse(Segments segments, IOException failure) {
        if (trouble == null) {
            log.error("the journal in {} cannot be written; nothing more is admitted until it can: {}", folder.path(), failure.toString());
        }
        trouble = String.valueOf(failure.getMessage());
        refusePromises(group, failure);
        refusePromises(told, failure);
        List<Told> behind = new ArrayList<>(again);
        again.clear();
        // What counts already comes first, so that an attempt's intent stands before its end.
        segments.abandon().forEach(lost -> again.add(Told.Copy.of(lost)));
        again.addAll(group);
        again.addAll(behind);
        group.clear();
    }

    private static void refusePromises(Iterable<Told> waiting, IOException why) {
        for (Told each : waiting) {
            if (each instanceof Told.Promise promise) {
                promise.refuse(why);
            }
        }
    }

    private void better() {
        if (trouble != null) {
            trouble = null;
            log.info("the journal in {} can be written again", folder.path());
        }
    }

    /** What was told is written first, if the disk takes it. */
    @Override
    public void close() {
        closing.countDown();
        if (thread != null) {
            thread.awaitEnd();
        }
    }

    /** Nobody holds a slot any more. */
    void forgetSlots() {
        ProgressFile slots = progress;
        if (slots != null) {
            slots.finish();
        }
    }
}

package dev.penstock.quota.journal;

import dev.penstock.frame.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings ends to disk, on one thread: as many as wait by one write, and one sync. An end that it cannot write waits, and stands in its slot
 * meanwhile; until it can write again no slot is given, so nothing more is admitted.
 */
final class JournalWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

    private static final int MOST_AT_ONCE = 500;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JournalFolder folder;
    private final JournalSettings settings;
    private final BiConsumer<List<Settlement>, KeptFile> written;
    private final JournalMetrics metrics;
    // Bounded by the journal's places: each has at most one end in here.
    private final BlockingQueue<Settlement> told = new LinkedBlockingQueue<>();
    private final List<Settlement> batch = new ArrayList<>();
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable ProgressFile progress;
    private volatile @Nullable String trouble;
    private volatile int waiting;
    private @Nullable Segment segment;
    private long syncedAt = System.nanoTime();
    private @Nullable BackgroundThread thread;

    /** @param written told what is on disk, and in which file */
    JournalWriter(JournalFolder folder, JournalSettings settings, BiConsumer<List<Settlement>, KeptFile> written, JournalMetrics metrics) {
        this.folder = folder;
        this.settings = settings;
        this.written = written;
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
    void write(Settlement end) {
        told.add(end);
    }

    /** Ends that are not on disk. */
    int waiting() {
        return told.size() + waiting;
    }

    /** What the disk says; null: nothing is the matter. */
    @Nullable String trouble() {
        return trouble;
    }

    private void run(String replica, long epoch) {
        try {
            while (closing.getCount() > 0 || waiting() > 0) {
                if (!turn(replica, epoch)) {
                    if (closing.getCount() == 0) {
                        log.warn("{} ends stay in the journal's progress file until the next start", waiting());
                        return;
                    }
                    closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warn("finishing the journal in {}; the next start reads it", folder.path(), e);
        }
    }

    /** @return false: the disk refused */
    private boolean turn(String replica, long epoch) throws InterruptedException {
        try {
            prepare(replica, epoch);
            better();
            gather();
            write(replica, epoch);
            return true;
        } catch (IOException e) {
            worse(e);
            return false;
        } finally {
            tried.countDown();
        }
    }

    private void prepare(String replica, long epoch) throws IOException {
        if (progress == null) {
            progress = ProgressFile.create(folder, replica, epoch, settings.capacity());
        }
        if (segment == null) {
            segment = Segment.create(folder, replica, epoch, settings.segmentSize().toBytes());
        }
    }

    private void gather() throws InterruptedException {
        tried.countDown();
        if (batch.isEmpty()) {
            Settlement first = told.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                told.drainTo(batch, MOST_AT_ONCE - 1);
            }
            waiting = batch.size();
        }
    }

    private Duration patience() {
        Segment open = segment;
        return open == null || !open.dirty() || settings.sync().every().compareTo(IDLE) > 0 ? IDLE : settings.sync().every();
    }

    private void write(String replica, long epoch) throws IOException {
        Segment open = room(replica, epoch);
        if (!batch.isEmpty()) {
            long began = System.nanoTime();
            open.append(batch);
            syncIfDue(open);
            metrics.written(batch.size(), Duration.ofNanos(System.nanoTime() - began));
            written.accept(List.copyOf(batch), open.kept());
            batch.clear();
            waiting = 0;
        } else if (open.dirty()) {
            syncIfDue(open);
        }
    }

    private Segment room(String replica, long epoch) throws IOException {
        Segment open = segment;
        if (open != null && open.holds(batch.size())) {
            return open;
        }
        if (open != null) {
            segment = null;
            open.finish();
        }
        Segment next = Segment.create(folder, replica, epoch, settings.segmentSize().toBytes());
        segment = next;
        return next;
    }

    private void syncIfDue(Segment open) throws IOException {
        long now = System.nanoTime();
        if (settings.sync().always() || now - syncedAt >= settings.sync().every().toNanos()) {
            open.sync();
            syncedAt = now;
        }
    }

    private void worse(IOException failure) {
        if (trouble == null) {
            log.error("the journal in {} cannot be written; nothing more is admitted until it can: {}", folder.path(), failure.toString());
        }
        trouble = String.valueOf(failure.getMessage());
        Segment open = segment;
        if (open != null) {
            segment = null;
            open.abandon();
        }
    }

    private void better() {
        if (trouble != null) {
            trouble = null;
            log.info("the journal in {} can be written again", folder.path());
        }
    }

    private void finish() throws IOException {
        Segment open = segment;
        if (open != null) {
            open.finish();
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

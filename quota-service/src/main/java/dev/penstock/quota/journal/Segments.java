package dev.penstock.quota.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of one life: what is written goes into the last, and from time to time to the disk. For one thread. */
final class Segments {

    /** So many that are full wait for what is in them; of more, what is under way is moved on. */
    static final int MOST_WAITING = 4;

    private final JournalFolder folder;
    private final JournalSettings settings;
    private final FileHeader header;
    private final Hearing hearing;
    /** In the last segment. Bounded by its size. */
    private final List<Told> unsynced = new ArrayList<>();
    /** Bounded by the files of a folder. */
    private final Deque<KeptFile> full = new ArrayDeque<>();
    private @Nullable Segment last;
    private long syncedAt = System.nanoTime();

    Segments(JournalFolder folder, JournalSettings settings, String replica, long epoch, Hearing hearing) {
        this.folder = folder;
        this.settings = settings;
        this.header = new FileHeader(FileHeader.Kind.SEGMENT, replica, epoch);
        this.hearing = hearing;
    }

    /** There is one, or the disk refuses it. */
    void prepare() throws IOException {
        if (last == null) {
            last = next();
        }
    }

    boolean dirty() {
        return !unsynced.isEmpty();
    }

    /**
     * All of it, or none has been told to anybody.
     *
     * @return what is to be written as well, so that an old segment can go
     */
    List<Told> write(List<Told> group) throws IOException {
        Segment before = last;
        Segment open = room(Told.bytes(group));
        open.append(group);
        boolean always = settings.sync().always();
        if (always) {
            open.sync();
        }
        unsynced.addAll(group);
        hearing.written(group, open.kept());
        if (always) {
            synced(open);
        }
        return open.equals(before) ? List.of() : movedOn();
    }

    /**
     * A call that goes on for long would keep the whole segment of its intent. Only what fills less than half of one is moved: so moving frees more
     * than it fills, and comes to an end.
     */
    private List<Told> movedOn() {
        full.removeIf(KeptFile::gone);
        if (full.size() <= MOST_WAITING) {
            return List.of();
        }
        KeptFile oldest = full.removeFirst();
        List<Told> standing = hearing.standingIn(oldest);
        if (Told.bytes(standing) < settings.segmentSize().toBytes() / 2) {
            return standing;
        }
        full.addLast(oldest);
        return List.of();
    }

    void syncIfDue() throws IOException {
        Segment open = last;
        if (open != null && dirty() && System.nanoTime() - syncedAt >= settings.sync().every().toNanos()) {
            open.sync();
            synced(open);
        }
    }

    private void synced(Segment open) {
        syncedAt = System.nanoTime();
        hearing.synced(List.copyOf(unsynced), open.kept());
        unsynced.clear();
    }

    private Segment room(int bytes) throws IOException {
        Segment open = last;
        if (open == null || !open.holds(bytes)) {
            finish();
            open = next();
            last = open;
        }
        return open;
    }

    private Segment next() throws IOException {
        return Segment.create(folder, header, settings.segmentSize().toBytes());
    }

    /** Nothing more comes into the last: it is on disk, and a next one may be made. */
    void finish() throws IOException {
        Segment open = last;
        if (open != null) {
            open.finish();
            last = null;
            full.addLast(open.kept());
            synced(open);
        }
    }

    /**
     * The disk refused the last: it is left.
     *
     * @return what was told to be written, and is not there any more
     */
    List<Told> abandon() {
        Segment open = last;
        last = null;
        if (open != null) {
            open.abandon();
        }
        List<Told> lost = List.copyOf(unsynced);
        unsynced.clear();
        return lost;
    }
}

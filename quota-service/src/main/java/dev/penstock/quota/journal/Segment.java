package dev.penstock.quota.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segment that is being written, by one thread. */
final class Segment {

    private static final Logger log = LoggerFactory.getLogger(Segment.class);

    /** Of one end. */
    static final int RECORD = RecordFormat.FRAME + EndFormat.BYTES;

    private final KeptFile kept;
    private final FileChannel file;
    private final long size;
    private int written = FileHeader.BYTES;
    private int synced = FileHeader.BYTES;

    private Segment(KeptFile kept, FileChannel file, long size) {
        this.kept = kept;
        this.file = file;
        this.size = size;
    }

    static Segment create(JournalFolder folder, String replica, long epoch, long size) throws IOException {
        JournalFolder.OpenFile made = folder.create(new FileHeader(FileHeader.Kind.SEGMENT, replica, epoch), size);
        return new Segment(made.kept(), made.channel(), size);
    }

    KeptFile kept() {
        return kept;
    }

    boolean holds(int ends) {
        return written + (long) ends * RECORD <= size;
    }

    boolean dirty() {
        return synced < written;
    }

    void append(List<Settlement> ends) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(ends.size() * RECORD);
        ends.forEach(end -> RecordFormat.write(records, RecordFormat.END, synced, EndFormat.bytes(end)));
        records.flip();
        int at = written;
        while (records.hasRemaining()) {
            at += file.write(records, at);
        }
        written = at;
    }

    /** Returns when everything is on disk. */
    void sync() throws IOException {
        file.force(false);
        synced = written;
    }

    /** Nothing more comes: it is on disk, and a next one may be made. */
    void finish() throws IOException {
        sync();
        file.close();
        kept.finish();
    }

    /**
     * The disk refused it. What was written since the last sync is cut off: once a sync has failed, a later one that succeeds says nothing of
     * the same bytes. Those ends stand in their slots, and what has not been told to anybody is written again elsewhere.
     */
    void abandon() {
        try (file) {
            file.truncate(synced).force(true);
        } catch (IOException e) {
            log.warn("{} cannot be cut at byte {}: a start that finds it damaged will say so", kept.path(), synced, e);
        }
        kept.finish();
    }
}

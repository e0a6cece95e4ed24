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

    static Segment create(JournalFolder folder, FileHeader header, long size) throws IOException {
        JournalFolder.OpenFile made = folder.create(header, size);
        return new Segment(made.kept(), made.channel(), size);
    }

    KeptFile kept() {
        return kept;
    }

    boolean holds(int bytes) {
        return written + (long) bytes <= size;
    }

    void append(List<Told> group) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(Told.bytes(group));
        group.forEach(told -> RecordFormat.write(records, told.type(), synced, told.content().duplicate()));
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
     * The disk refused it. What was written since the last sync is cut off, and written again elsewhere: once a sync has failed, a later one that
     * succeeds says nothing of the same bytes.
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

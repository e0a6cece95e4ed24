package dev.penstock.verifier;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a bundle: a zip, without a comment, of exactly
 *
 * <ul>
 *   <li>{@code key.txt}: the verifier keys, one a line
 *   <li>{@code checkpoints.txt}: the signed notes, oldest first, with a line {@code ---} between one and the next
 *   <li>{@code entries.jsonl}: the entries' lines, each ended by a newline, from index 0
 * </ul>
 *
 * The same content makes the same bytes. Nothing is held in memory.
 */
public final class BundleWriter {

    /** The beginning of a zip's time. When a bundle was made is not part of what it says. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BundleWriter() {}

    /**
     * @param out is not closed
     * @param notes read to the end before the first of {@code lines} is asked for: read both as of the same moment
     */
    public static void write(OutputStream out, Collection<LogKey> keys, Iterator<String> notes, Iterator<byte[]> lines) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        begin(zip, Bundle.KEY);
        for (LogKey key : keys) {
            line(zip, key.toString());
        }
        begin(zip, Bundle.CHECKPOINTS);
        while (notes.hasNext()) {
            zip.write(notes.next().getBytes(StandardCharsets.UTF_8));
            if (notes.hasNext()) {
                line(zip, NoteReader.SEPARATOR);
            }
        }
        begin(zip, Bundle.ENTRIES);
        while (lines.hasNext()) {
            zip.write(lines.next());
            zip.write('\n');
        }
        zip.closeEntry();
        zip.finish();
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    private static void line(OutputStream zip, String line) throws IOException {
        zip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

package dev.penstock.quota.audit;

import dev.penstock.verifier.SignedCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The copies outside the database: signed notes in the order they were signed, in the form that the verifier takes as checkpoints an
 * auditor kept. What stands last is what the sealer believes, whatever the database says. Written by the sealer alone, under its lock;
 * who reads it meanwhile sees a note whole or not at all.
 */
final class CheckpointFile {

    /** Between one note and the next. */
    private static final String SEPARATOR = "---\n";

    /** Far more than one note takes. */
    private static final int TAIL = 64 << 10;

    /** Four lines, an empty one, signatures, all ended. A byte is a character here, so that places in the text are places in the file. */
    private static final Pattern NOTE = Pattern.compile("(?:[^\n]+\n){4}\n(?:" + bytes("—") + " [^\n]+\n)+");

    private final Path path;
    private final String origin;
    private volatile String newest = "";

    /** @param origin with which every note begins */
    CheckpointFile(Path path, String origin) {
        this.path = path;
        this.origin = origin;
    }

    Path path() {
        return path;
    }

    /**
     * The last complete note; none when the file is empty or not there yet.
     *
     * @throws Contradiction if the file is not one of checkpoints
     * @throws UncheckedIOException if it cannot be read
     */
    Optional<SignedCheckpoint> last() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            String note = tail(file).note();
            newest = note;
            return note.isEmpty() ? Optional.empty() : Optional.of(SignedCheckpoint.parse(note));
        } catch (IllegalArgumentException e) {
            throw new Contradiction("What stands last in " + path + " is not a checkpoint: it " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the checkpoints in " + path, e);
        }
    }

    /**
     * Appends a note and returns when it is on disk. What an interrupted write left behind the last complete note is removed first.
     *
     * @throws UncheckedIOException if that fails; the note may be there or not
     */
    void append(SignedCheckpoint checkpoint) {
        boolean isNew = !Files.exists(path);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = tail(file).end();
            if (end < file.size()) {
                file.truncate(end);
            }
            ByteBuffer more = StandardCharsets.UTF_8.encode((end == 0 ? "" : SEPARATOR) + checkpoint.note());
            while (more.hasRemaining()) {
                end += file.write(more, end);
            }
            file.force(true);
            if (isNew) {
                syncFolder();
            }
            newest = checkpoint.note();
        } catch (IOException e) {
            throw new UncheckedIOException("appending a checkpoint to " + path, e);
        }
    }

    /** Whether this note stood last when the file was last used. For every thread. */
    boolean endsWith(String note) {
        return newest.equals(note);
    }

    /** A new file is there for good only when its folder says so on disk. */
    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Tail tail(FileChannel file) throws IOException {
        long start = Math.max(0, file.size() - TAIL);
        ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - start));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, start + bytes.position());
        }
        String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        String note = "";
        int end = 0;
        Matcher notes = NOTE.matcher(text);
        while (notes.find()) {
            note = notes.group();
            end = notes.end();
        }
        requireOurs(text.substring(end), end > 0, start > 0);
        return new Tail(new String(note.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), start + end);
    }

    /** The rest is the beginning of another note, or nothing: anything else is somebody else's, and is not to be written into. */
    private void requireOurs(String rest, boolean afterNote, boolean cut) {
        String beginning = afterNote ? SEPARATOR + origin + "\n" : origin + "\n";
        boolean ours = rest.startsWith(beginning) || beginning.startsWith(rest);
        if (!ours || (cut && !afterNote)) {
            throw new Contradiction("What stands in " + path + " is not a checkpoint of " + origin + ".");
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * @param note the last complete one; empty: none
     * @param end behind it
     */
    private record Tail(String note, long end) {}
}

package dev.penstock.quota.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Which journal a folder holds, in a file of its own: the id and its CRC32C, as text. A disk that is new has another, so nobody who finds it empty
 * returns what was drawn by the journal that stood there before.
 */
final class JournalId {

    static final String FILE = "journal-id";

    private static final String UNFINISHED = FILE + ".new";
    private static final int MOST_BYTES = 64;

    private JournalId() {}

    /**
     * Made the first time; on disk when this returns.
     *
     * @throws JournalUnusable if the file does not say what was written into it
     */
    static UUID in(Path folder, Supplier<UUID> ids) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            make(folder, ids.get());
        }
        return read(file);
    }

    private static void make(Path folder, UUID id) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED);
        try (FileChannel file = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(text(id).getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.force(true);
        }
        Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        JournalFolder.syncNames(folder);
    }

    private static UUID read(Path file) throws IOException {
        String text = Files.size(file) > MOST_BYTES ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
        int space = text.indexOf(' ');
        try {
            UUID id = UUID.fromString(text.substring(0, Math.max(0, space)));
            if (text(id).equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
        throw damaged();
    }

    private static String text(UUID id) {
        CRC32C sum = new CRC32C();
        sum.update(id.toString().getBytes(StandardCharsets.US_ASCII));
        return id + " " + HexFormat.of().toHexDigits((int) sum.getValue()) + "\n";
    }

    private static JournalUnusable damaged() {
        return new JournalUnusable(
                "The journal's file " + FILE + " is damaged.",
                "Check the disk and restore the file if there is a copy. Without one, move that file out of the folder, keep it, and start again: the journal gets another id,"
                        + " and what its former lives hold of limits stays held until their periods end.");
    }
}

package dev.penstock.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An exported zip, opened with distrust: its files are read while they are unpacked, so that their size does not matter. */
final class Bundle implements Closeable {

    static final String KEY = "key.txt";
    static final String CHECKPOINTS = "checkpoints.txt";
    static final String ENTRIES = "entries.jsonl";

    private static final List<String> NAMES = List.of(CHECKPOINTS, ENTRIES, KEY);

    /** The last record of a zip without a comment. */
    private static final int END_LENGTH = 22;

    private static final int END_SIGNATURE = 0x06054b50;

    private final ZipFile zip;

    private Bundle(ZipFile zip) {
        this.zip = zip;
    }

    /** @throws UnusableInput unless this is a zip with exactly the three files */
    static Bundle open(Path file) {
        try {
            requireSmallDirectory(file);
            ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
            List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
            if (!names.equals(NAMES)) {
                zip.close();
                throw new UnusableInput("The zip is not a bundle: it does not hold exactly the files " + String.join(", ", NAMES) + ", each once.");
            }
            return new Bundle(zip);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableInput("The file is not a readable zip: it is damaged or was cut off.", e);
        }
    }

    /** The JDK reads a zip's whole table of contents into memory, which may be made to take gigabytes. */
    private static void requireSmallDirectory(Path file) throws IOException {
        try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[END_LENGTH];
            if (zip.length() < END_LENGTH) {
                throw new IOException("shorter than an empty zip");
            }
            zip.seek(zip.length() - END_LENGTH);
            zip.readFully(end);
            ByteBuffer record = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            if (record.getInt(0) != END_SIGNATURE) {
                throw new IOException("no end record in the last bytes");
            }
            if (Integer.toUnsignedLong(record.getInt(12)) > Limits.ZIP_DIRECTORY_BYTES) {
                throw new UnusableInput("The zip is not a bundle: it holds other files or is larger than 4 GiB.");
            }
        }
    }

    /** @throws UnusableInput if the bundle's key cannot be read */
    List<LogKey> keys() {
        try (InputStream in = stream(KEY)) {
            return AuditorFiles.keys(in.readNBytes(Limits.KEY_FILE_BYTES + 1), "The bundle's " + KEY);
        } catch (IOException e) {
            throw new UnusableInput("The file " + KEY + " of the bundle cannot be unpacked.", e);
        }
    }

    /** To be read once. */
    Iterator<byte[]> entries() {
        return new LineReader(stream(ENTRIES), ENTRIES, Limits.LINE_BYTES);
    }

    /** To be read once, also while the entries are read. */
    Iterator<String> checkpoints() {
        return new NoteReader(new LineReader(stream(CHECKPOINTS), CHECKPOINTS, Limits.NOTE_LINE_BYTES));
    }

    private InputStream stream(String name) {
        try {
            return zip.getInputStream(zip.getEntry(name));
        } catch (IOException e) {
            throw new UnusableInput("The file " + name + " of the bundle cannot be unpacked.", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

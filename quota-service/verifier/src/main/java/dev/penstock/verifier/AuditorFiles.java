package dev.penstock.verifier;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What an auditor keeps: keys and checkpoints, perhaps copied by hand. Line ends of Windows and empty lines around are forgiven; what
 * counts is under a signature or a key's id.
 */
final class AuditorFiles {

    private AuditorFiles() {}

    /**
     * @param name of the file, at the beginning of a sentence
     * @throws UnusableInput unless it holds verifier keys, one a line
     */
    static List<LogKey> keys(byte[] file, String name) {
        if (file.length > Limits.KEY_FILE_BYTES) {
            throw new UnusableInput(name + " is larger than " + Limits.KEY_FILE_BYTES + " bytes: it is not a file of keys.");
        }
        List<LogKey> keys = new ArrayList<>();
        for (String line : text(file).split("\n")) {
            if (!line.isBlank()) {
                try {
                    keys.add(LogKey.parse(line.strip()));
                } catch (IllegalArgumentException e) {
                    throw new UnusableInput(name + " cannot be used: " + e.getMessage() + ".", e);
                }
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableInput(name + " holds no key.");
        }
        return keys;
    }

    /** @throws UnusableInput unless it holds checkpoints, in the form of a bundle's {@code checkpoints.txt} */
    static List<SignedCheckpoint> checkpoints(byte[] file, String name) {
        if (file.length > Limits.KEPT_FILE_BYTES) {
            throw new UnusableInput(name + " is larger than " + (Limits.KEPT_FILE_BYTES >> 20) + " MiB.");
        }
        byte[] text = (text(file).strip() + "\n").getBytes(StandardCharsets.UTF_8);
        Iterator<String> notes = new NoteReader(new LineReader(new ByteArrayInputStream(text), name, Limits.NOTE_LINE_BYTES));
        List<SignedCheckpoint> checkpoints = new ArrayList<>();
        while (notes.hasNext()) {
            try {
                checkpoints.add(SignedCheckpoint.parse(notes.next()));
            } catch (IllegalArgumentException e) {
                throw new UnusableInput(name + " cannot be used: number " + (checkpoints.size() + 1) + " is not a checkpoint, it " + e.getMessage() + ".", e);
            }
        }
        return checkpoints;
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}

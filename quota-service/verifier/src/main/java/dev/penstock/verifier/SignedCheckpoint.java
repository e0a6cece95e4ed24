package dev.penstock.verifier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** A checkpoint as it leaves the database: a C2SP signed note. */
public final class SignedCheckpoint {

    /** Whether a key vouches for a checkpoint. */
    public enum Signed {
        /** One of the keys signed it, and none of the signatures in their names is wrong. */
        YES,
        /** A signature in the name of one of the keys is wrong. */
        WRONGLY,
        /** No signature is in the name of one of the keys. */
        NO
    }

    private static final String DASH = "— ";
    private static final String TIME = "time ";
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,15}");

    private final Checkpoint checkpoint;
    private final String note;
    private final List<NoteSignature> signatures;

    private record NoteSignature(String name, byte[] id, byte[] bytes) {

        boolean isInTheNameOf(LogKey key) {
            return name.equals(key.name()) && Arrays.equals(id, key.idBytes());
        }
    }

    private SignedCheckpoint(Checkpoint checkpoint, String note, List<NoteSignature> signatures) {
        this.checkpoint = checkpoint;
        this.note = note;
        this.signatures = signatures;
    }

    /**
     * Reads a note exactly: what it reads, {@link #note} gives back.
     *
     * @throws IllegalArgumentException if it is not a signed note, or its text is not a checkpoint of ours; the message continues
     *     "it …". Whether a signature is right is another question: {@link #signedBy}
     */
    public static SignedCheckpoint parse(String note) {
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n' || c == '\uFFFD')) {
            throw new IllegalArgumentException("holds characters that no checkpoint has");
        }
        List<String> lines = List.of(note.split("\n", Limits.NOTE_LINES + 2));
        if (lines.size() > Limits.NOTE_LINES + 1) {
            throw new IllegalArgumentException("has more than " + Limits.NOTE_LINES + " lines");
        }
        if (lines.size() < 7 || !lines.get(4).isEmpty() || !lines.getLast().isEmpty()) {
            throw new IllegalArgumentException("is not four lines, an empty line and a signature, each ended");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.subList(5, lines.size() - 1)) {
            signatures.add(signature(line));
        }
        return new SignedCheckpoint(checkpoint(lines), note, List.copyOf(signatures));
    }

    private static Checkpoint checkpoint(List<String> lines) {
        if (!SIZE.matcher(lines.get(1)).matches()) {
            throw new IllegalArgumentException("has the size " + Words.quoted(lines.get(1)));
        }
        if (!lines.get(3).startsWith(TIME)) {
            throw new IllegalArgumentException("has " + Words.quoted(lines.get(3)) + " in place of its time");
        }
        Hash root = Hash.of(Base64Text.decode(lines.get(2)));
        Instant time = Timestamp.parse(lines.get(3).substring(TIME.length()));
        return new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), root, time);
    }

    private static NoteSignature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw new IllegalArgumentException("has " + Words.quoted(line) + " in place of a signature");
        }
        String name = line.substring(DASH.length(), space);
        if (name.indexOf('+') >= 0 || name.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException("has a signature in the name of " + Words.quoted(name));
        }
        byte[] bytes = Base64Text.decode(line.substring(space + 1));
        if (bytes.length <= 4) {
            throw new IllegalArgumentException("has a signature of no length");
        }
        return new NoteSignature(name, Arrays.copyOf(bytes, 4), Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The whole signed note, byte for byte. */
    public String note() {
        return note;
    }

    /**
     * Signatures in other names (a witness's, a former key's) are passed over, as signed notes demand. A key speaks only for the trail
     * that has its name.
     */
    public Signed signedBy(Collection<LogKey> keys) {
        byte[] message = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        Signed answer = Signed.NO;
        for (LogKey key : keys) {
            for (NoteSignature signature : signatures) {
                if (!key.name().equals(checkpoint.origin()) || !signature.isInTheNameOf(key)) {
                    continue;
                }
                if (!key.signed(message, signature.bytes)) {
                    return Signed.WRONGLY;
                }
                answer = Signed.YES;
            }
        }
        return answer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedCheckpoint that && note.equals(that.note);
    }

    @Override
    public int hashCode() {
        return note.hashCode();
    }

    @Override
    public String toString() {
        return note;
    }
}

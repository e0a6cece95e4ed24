package dev.penstock.verifier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A single entry with all that proves its place: the file {@code entry-<index>.json}. As text it is a JSON object with
 *
 * <ul>
 *   <li>{@code format}: {@code penstock-entry-proof-1}
 *   <li>{@code entry}: the entry's line, as a string, so that its bytes are beyond doubt
 *   <li>{@code path}: the inclusion path (RFC 6962 section 2.1.1), from the leaf upwards, each hash in base64
 *   <li>{@code checkpoint}: the signed note
 *   <li>{@code key}: the verifier key, for convenience; an auditor uses the one they hold
 * </ul>
 *
 * @param line without a newline
 * @param path made by {@link MerkleTree#inclusion} for the size of the checkpoint
 */
public record EntryProof(String line, List<Hash> path, SignedCheckpoint checkpoint, LogKey key) {

    static final String FORMAT = "penstock-entry-proof-1";

    public EntryProof {
        path = List.copyOf(path);
        if (path.size() > Limits.PATH_LENGTH) {
            throw new IllegalArgumentException("no path has " + path.size() + " hashes");
        }
    }

    /** The file's text. */
    public String text() {
        return CanonicalJson.text(Map.of(
                        "format", FORMAT,
                        "entry", line,
                        "path", path.stream().map(Hash::base64).toList(),
                        "checkpoint", checkpoint.note(),
                        "key", key.toString()))
                + "\n";
    }

    /** @throws UnusableInput if this is not such a file */
    static EntryProof read(byte[] file) {
        if (!(tree(file) instanceof Map<?, ?> fields) || !FORMAT.equals(fields.get("format"))) {
            throw new UnusableInput("The file is not a proof of the format " + FORMAT + ".");
        }
        try {
            SignedCheckpoint checkpoint = SignedCheckpoint.parse(text(fields.get("checkpoint"), "checkpoint"));
            return new EntryProof(text(fields.get("entry"), "entry"), path(fields.get("path")), checkpoint, LogKey.parse(text(fields.get("key"), "key")));
        } catch (IllegalArgumentException e) {
            throw new UnusableInput("The file is not a usable proof: what it holds " + e.getMessage() + ".", e);
        }
    }

    private static @Nullable Object tree(byte[] file) {
        try {
            return JsonText.read(file);
        } catch (IllegalArgumentException | UnusableInput e) {
            throw new UnusableInput("The file is not a usable proof: it " + e.getMessage() + ".", e);
        }
    }

    private static String text(@Nullable Object value, String name) {
        if (value instanceof String text) {
            return text;
        }
        throw new UnusableInput("The file is not a usable proof: it has no \"" + name + "\".");
    }

    private static List<Hash> path(@Nullable Object value) {
        if (!(value instanceof List<?> elements)) {
            throw new UnusableInput("The file is not a usable proof: it has no \"path\".");
        }
        List<Hash> path = new ArrayList<>();
        for (Object element : elements) {
            path.add(Hash.of(Base64Text.decode(text(element, "path"))));
        }
        return path;
    }

    byte[] bytes() {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}

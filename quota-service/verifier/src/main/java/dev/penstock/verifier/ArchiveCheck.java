package dev.penstock.verifier;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Whether files of archived usage are those that the trail names. Looks at the entries as they pass on their way to the verifier, whose word on them it needs: what it
 * finds is worth nothing if they are not in place.
 */
final class ArchiveCheck {

    private static final String ACTION = "usage.archive";
    private static final String MARK = "\"action\":\"" + ACTION + "\"";

    /** What an entry says of a file: its place in the trail, the day, and how many rows. */
    private record Named(long index, String day, long rows) {}

    private final Map<String, Path> files;
    private final Map<String, Named> named = new HashMap<>();

    /** @param files by their digests in hexadecimal */
    ArchiveCheck(Map<String, Path> files) {
        this.files = Map.copyOf(files);
    }

    /** The same lines. */
    Iterator<byte[]> watch(Iterator<byte[]> lines) {
        return files.isEmpty() ? lines : new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public byte[] next() {
                byte[] line = lines.next();
                if (new String(line, StandardCharsets.UTF_8).contains(MARK)) {
                    look(line);
                }
                return line;
            }
        };
    }

    /** A sentence for each file that is named. */
    List<String> confirmed() {
        List<String> sentences = new ArrayList<>();
        files.forEach((digest, path) -> {
            Named entry = named.get(digest);
            if (entry != null) {
                sentences.add(Words.printable(path.toString()) + " is the archive of " + Words.printable(entry.day()) + " that entry " + entry.index() + " names, with "
                        + Words.count(entry.rows(), "row", "rows") + ".");
            }
        });
        sentences.sort(Comparator.naturalOrder());
        return sentences;
    }

    /**
     * Those that no entry names under the last checkpoint.
     *
     * @param sealed how many entries that covers
     */
    List<Finding> unknown(long sealed) {
        List<Finding> unknown = new ArrayList<>();
        files.forEach((digest, path) -> {
            String file = Words.printable(path.toString());
            Named entry = named.get(digest);
            if (entry == null) {
                unknown.add(new Finding(Finding.Kind.ARCHIVE_NOT_NAMED, 0, "The file " + file + " is no archive that this trail names: its SHA-256 digest is " + digest + "."));
            } else if (entry.index() >= sealed) {
                unknown.add(new Finding(Finding.Kind.ARCHIVE_NOT_NAMED, entry.index(), "The archive " + file + " is named by entry " + entry.index() + ", which is not sealed yet."));
            }
        });
        return unknown;
    }

    /** The verifier says what is wrong with a line that cannot be read. */
    private void look(byte[] line) {
        try {
            if (JsonText.read(line) instanceof Map<?, ?> entry && ACTION.equals(entry.get("action")) && "done".equals(entry.get("outcome"))
                    && entry.get("tenant") == null && entry.get("index") instanceof Long index && entry.get("subjectId") instanceof String day
                    && entry.get("after") instanceof Map<?, ?> after && after.get("sha256") instanceof String digest && after.get("rows") instanceof Long rows
                    && files.containsKey(digest)) {
                named.putIfAbsent(digest, new Named(index, day, rows));
            }
        } catch (IllegalArgumentException | UnusableInput e) {
            return;
        }
    }
}

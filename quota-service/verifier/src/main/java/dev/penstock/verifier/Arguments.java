package dev.penstock.verifier;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param file a bundle or a single-entry proof
 * @param kept files of checkpoints that the auditor kept
 * @param archives files of archived usage
 * @param key file of the keys that the auditor holds; null: the file's own are used
 */
record Arguments(Path file, List<Path> kept, List<Path> archives, @Nullable Path key) {

    static final String USAGE = """
            Usage: verify FILE [--checkpoint FILE]... [--key FILE] [--archive FILE]...

              FILE               an exported bundle (.zip), or the proof of one entry (entry-N.json)
              --checkpoint FILE  a checkpoint you kept earlier: what it sealed must still be there
              --key FILE         the verifier key you hold, so as not to rely on the one that comes with FILE
              --archive FILE     archived usage (usage-DAY-….ndjson.gz): the bundle must name it

            Ends with 0 when everything is intact, 1 when something was altered, 2 when FILE cannot be checked.""";

    /** @throws UnusableInput if they are not understood */
    static Arguments parse(List<String> words) {
        Path file = null;
        Path key = null;
        List<Path> kept = new ArrayList<>();
        List<Path> archives = new ArrayList<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--checkpoint" -> kept.add(value(word, rest));
                case "--archive" -> archives.add(value(word, rest));
                case "--key" -> key = once(key, value(word, rest), word);
                default -> {
                    if (word.startsWith("-")) {
                        throw new UnusableInput("There is no option " + Words.quoted(word) + ".\n" + USAGE);
                    }
                    file = once(file, path(word), "FILE");
                }
            }
        }
        if (file == null) {
            throw new UnusableInput("Which file?\n" + USAGE);
        }
        return new Arguments(file, List.copyOf(kept), List.copyOf(archives), key);
    }

    private static Path value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UnusableInput("After " + option + " comes a file.\n" + USAGE);
        }
        return path(rest.next());
    }

    private static Path once(@Nullable Path before, Path now, String what) {
        if (before != null) {
            throw new UnusableInput(what + " is given twice.\n" + USAGE);
        }
        return now;
    }

    private static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UnusableInput(Words.quoted(word) + " is not a file's name.", e);
        }
    }
}

package dev.penstock.quota.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A journal's files as they were at one moment: what a process leaves that is killed then. */
public final class JournalCopy {

    private final Path folder;

    private JournalCopy(Path folder) {
        this.folder = folder;
    }

    public static JournalCopy of(Path journal) {
        try (Stream<Path> all = Files.list(journal)) {
            Path copy = Files.createTempDirectory("journal-copy");
            // What is known of live attempts first: an end that is told meanwhile is in the segment then, never in neither.
            for (Path file : all.filter(file -> !file.getFileName().toString().equals("lock")).sorted().toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            return new JournalCopy(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** How a start would settle what it finds. */
    public Map<Attempt, Settlement> replay() {
        try (JournalFolder opened = JournalFolder.open(folder, UUID::randomUUID)) {
            return opened.replay().ends().values().stream().collect(Collectors.toMap(Ended::attempt, Ended::settlement));
        }
    }

    /** Every end in every file, as often as it stands there. */
    public List<Settlement> ends() {
        return List.copyOf(replay().values());
    }
}

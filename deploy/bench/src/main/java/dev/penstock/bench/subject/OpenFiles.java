package dev.penstock.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files this process may have open, and each that it starts. */
public final class OpenFiles {

    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /** The JVM raises the soft limit to the hard one. */
    public static int most() {
        try {
            String limit = Files.readAllLines(Path.of("/proc/self/limits")).stream().filter(line -> line.startsWith(LINE)).findFirst().orElseThrow();
            String hard = limit.substring(LINE.length()).strip().split(" +")[1];
            return hard.equals("unlimited") ? Integer.MAX_VALUE : (int) Math.min(Long.parseLong(hard), Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

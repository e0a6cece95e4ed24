package dev.penstock.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the host of a virtual machine has kept of a core that wanted to run ({@code steal} in {@code /proc/stat}, proc(5)); on bare metal none. */
public final class Stolen {

    private static final Path ALL = Path.of("/proc/stat");
    private static final Duration TICK = Duration.ofMillis(10);
    /** Behind the core's name. */
    private static final int STEAL = 8;

    private Stolen() {}

    /** Since the machine began. */
    public static Duration of(int core) {
        return of(core, lines());
    }

    static Duration of(int core, List<String> lines) {
        String name = "cpu" + core;
        String[] words = lines.stream().map(line -> line.split(" +")).filter(line -> line[0].equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no core " + core));
        return TICK.multipliedBy(Long.parseLong(words[STEAL]));
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(ALL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.penstock.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which core processes run on, by {@code taskset}. */
public final class Pinning {

    private static final String PROGRAM = "taskset";

    private Pinning() {}

    /** The command that runs the given one on that core alone, with all it starts. */
    public static List<String> to(int core, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of(PROGRAM, "--cpu-list", String.valueOf(core)));
        pinned.addAll(command);
        return List.copyOf(pinned);
    }

    /**
     * Moves a running process, with all its threads, to that core. What it has started before stays where it is.
     *
     * @throws IOException when {@code taskset} is missing or refuses
     */
    public static void move(long pid, int core) throws IOException {
        ProcessBuilder taskset = new ProcessBuilder(PROGRAM, "--all-tasks", "--cpu-list", "--pid", String.valueOf(core), String.valueOf(pid)).redirectErrorStream(true);
        Process process = started(taskset);
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("process " + pid + " cannot be moved to core " + core + ": " + said.strip());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while moving process " + pid, stopping);
        }
    }

    private static Process started(ProcessBuilder taskset) throws IOException {
        try {
            return taskset.start();
        } catch (IOException missing) {
            throw new IOException("taskset cannot be run: install it (Debian, Ubuntu: apt-get install util-linux)", missing);
        }
    }
}

package dev.penstock.bench.measure;

import java.io.IOException;
import java.util.List;

/** Which core processes run on, by {@code taskset}. */
public final class Pinning {

    private Pinning() {}

    /** The command that runs the given one on that core alone, with all it starts. */
    public static List<String> to(int core, List<String> command) {
        throw new UnsupportedOperationException();
    }

    /**
     * Moves a running process, with all its threads, to that core. What it has started stays where it is.
     *
     * @throws IOException when {@code taskset} is missing or refuses
     */
    public static void move(long pid, int core) throws IOException {
        throw new UnsupportedOperationException();
    }
}

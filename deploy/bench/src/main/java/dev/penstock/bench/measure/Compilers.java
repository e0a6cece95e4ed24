package dev.penstock.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The CPU that the compilers of JVMs have used, by their threads ({@code /proc/PID/task}); of other programs none. */
public final class Compilers {

    /** As HotSpot names them; Linux keeps 15 characters. */
    private static final List<String> NAMES = List.of("C1 CompilerThre", "C2 CompilerThre");

    private final long[] pids;

    private Compilers(long[] pids) {
        this.pids = pids;
    }

    /** Those of these processes, without the ones below them. */
    public static Compilers of(long... pids) {
        return new Compilers(pids.clone());
    }

    /**
     * Until now, by those that live: a JVM may end a compiler's thread that has nothing to do, and what it used goes with it.
     *
     * @throws IllegalStateException when one of the processes has ended
     */
    public Duration used() {
        return LongStream.of(pids).mapToObj(Compilers::used).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration used(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(Stat::read).flatMap(Optional::stream).filter(thread -> NAMES.contains(thread.name())).map(Stat::used)
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException gone) {
            throw new IllegalStateException("process " + pid + " has ended", gone);
        }
    }
}

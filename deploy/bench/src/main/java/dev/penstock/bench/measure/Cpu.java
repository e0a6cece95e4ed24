package dev.penstock.bench.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The CPU that processes have used since they began, by the operating system: user and system time of each process with all its threads, of everything
 * below it, and of what was below it and has ended.
 */
public final class Cpu {

    private static final int TRIES = 10;

    private final long[] pids;

    private Cpu(long[] pids) {
        this.pids = pids;
    }

    /** What these processes and all below them use. None of them may be below another one. */
    public static Cpu of(long... pids) {
        return new Cpu(pids.clone());
    }

    /**
     * User and system time until now. It moves in ticks of 10 ms, so that what lies between two readings should be seconds.
     *
     * @throws IllegalStateException when one of the processes has ended
     */
    public Duration used() {
        return LongStream.of(pids).mapToObj(Cpu::ofTree).reduce(Duration.ZERO, Duration::plus);
    }

    /** What ends while it is read is counted with its parent, which may have been read before: then all are read once more. */
    private static Duration ofTree(long pid) {
        for (int i = 0; i < TRIES; i++) {
            ProcessHandle root = ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
            try {
                return LongStream.concat(LongStream.of(pid), root.descendants().mapToLong(ProcessHandle::pid)).mapToObj(Cpu::ofOne).reduce(Duration.ZERO, Duration::plus);
            } catch (Ended oneOfThem) {
                continue;
            }
        }
        throw new IllegalStateException("what is below process " + pid + " ends faster than it can be read");
    }

    private static Duration ofOne(long pid) {
        Stat stat = Stat.read(Path.of("/proc", Long.toString(pid))).orElseThrow(() -> new Ended(pid));
        return stat.used().plus(stat.usedBelow());
    }

    private static final class Ended extends RuntimeException {

        Ended(long pid) {
            super("process " + pid + " has ended");
        }
    }
}

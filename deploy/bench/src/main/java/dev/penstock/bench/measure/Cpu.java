package dev.penstock.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The CPU that processes have used since they began, by the operating system: user and system time in {@code /proc/PID/stat}
 * (proc(5)), of each process with all its threads, of everything below it, and of what was below it and has ended.
 */
public final class Cpu {

    /** What Linux tells user programs, whatever its own clock does: a hundred ticks a second (USER_HZ). */
    private static final Duration TICK = Duration.ofMillis(10);
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;
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
        return TICK.multipliedBy(LongStream.of(pids).map(Cpu::ticksOfTree).sum());
    }

    /** What ends while it is read is counted with its parent, which may have been read before: then all are read once more. */
    private static long ticksOfTree(long pid) {
        for (int i = 0; i < TRIES; i++) {
            ProcessHandle root = ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
            try {
                return LongStream.concat(LongStream.of(pid), root.descendants().mapToLong(ProcessHandle::pid)).map(Cpu::ticks).sum();
            } catch (Ended oneOfThem) {
                continue;
            }
        }
        throw new IllegalStateException("what is below process " + pid + " ends faster than it can be read");
    }

    private static long ticks(long pid) {
        String[] fields = fields(pid);
        return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]) + Long.parseLong(fields[ENDED_USER]) + Long.parseLong(fields[ENDED_SYSTEM]);
    }

    /** The fields behind the program's name, which may hold blanks and brackets itself. */
    private static String[] fields(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            throw new Ended(pid, gone);
        }
    }

    private static final class Ended extends RuntimeException {

        Ended(long pid, IOException cause) {
            super("process " + pid + " has ended", cause);
        }
    }
}

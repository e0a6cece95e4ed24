package dev.penstock.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operating system tells of a process or a thread in its {@code stat} (proc(5)).
 *
 * @param name its first 15 characters
 * @param used user and system time since it began
 * @param usedBelow the same of what was below it and has ended
 */
record Stat(String name, Duration used, Duration usedBelow) {

    /** What Linux tells user programs, whatever its own clock does: a hundred ticks a second (USER_HZ). */
    private static final Duration TICK = Duration.ofMillis(10);
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;

    /** @param of {@code /proc/PID} or {@code /proc/PID/task/ID} @return none when it has ended */
    static Optional<Stat> read(Path of) {
        String stat;
        try {
            stat = Files.readString(of.resolve("stat"));
        } catch (IOException gone) {
            return Optional.empty();
        }
        // The name may hold blanks and brackets itself.
        int nameEnds = stat.lastIndexOf(')');
        String[] fields = stat.substring(nameEnds + 2).split(" ");
        return Optional.of(new Stat(stat.substring(stat.indexOf('(') + 1, nameEnds), sum(fields, USER, SYSTEM), sum(fields, ENDED_USER, ENDED_SYSTEM)));
    }

    private static Duration sum(String[] fields, int one, int other) {
        return TICK.multipliedBy(Long.parseLong(fields[one]) + Long.parseLong(fields[other]));
    }
}

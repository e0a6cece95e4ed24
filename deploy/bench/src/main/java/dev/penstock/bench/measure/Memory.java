package dev.penstock.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** The memory that processes hold, by the operating system. */
public final class Memory {

    private static final String LABEL = "VmRSS:";

    private Memory() {}

    /**
     * Bytes that are in memory of these processes, without those below them ({@code VmRSS} of proc(5)). What processes share is counted
     * with each.
     *
     * @throws IllegalStateException when one of the processes has ended
     */
    public static long resident(long... pids) {
        return LongStream.of(pids).map(Memory::residentOf).sum();
    }

    private static long residentOf(long pid) {
        String line = status(pid).stream().filter(each -> each.startsWith(LABEL)).findFirst()
                .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
        return Long.parseLong(line.substring(LABEL.length(), line.length() - " kB".length()).strip()) * 1024;
    }

    private static List<String> status(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
        } catch (IOException gone) {
            throw new IllegalStateException("process " + pid + " has ended", gone);
        }
    }
}

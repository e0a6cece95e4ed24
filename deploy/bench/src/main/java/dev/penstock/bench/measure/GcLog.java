package dev.penstock.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a JVM says of its collections ({@code -Xlog:gc}), of collectors that collect while the program stands still: Serial, Parallel, G1.
 *
 * @param pauses in their order
 */
public record GcLog(List<Pause> pauses) {

    private static final Pattern PAUSE = Pattern.compile("\\[(\\d+\\.\\d+)s] GC\\(\\d+\\) Pause (.*?) (\\d+)M->(\\d+)M\\(\\d+M\\) (\\d+\\.\\d+)ms");
    private static final long MEGABYTE = 1 << 20;

    /**
     * The program stands still.
     *
     * @param seconds since the JVM began
     * @param kind the collection and its cause
     * @param before bytes on the heap, rounded to megabytes
     * @param after those that remained
     * @param millis how long
     */
    public record Pause(double seconds, String kind, long before, long after, double millis) {

        /** Because somebody wanted to see the heap, and not because the program needed one. */
        public boolean wasAskedFor() {
            return kind.contains("Heap Inspection");
        }
    }

    public GcLog {
        pauses = List.copyOf(pauses);
    }

    /** The JVM option that has it written. */
    public static String option(Path file) {
        return "-Xlog:gc:file=" + file + ":uptime:filecount=0";
    }

    public static GcLog read(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GcLog of(List<String> lines) {
        return new GcLog(lines.stream().map(PAUSE::matcher).filter(Matcher::find).map(line -> new Pause(
                Double.parseDouble(line.group(1)), line.group(2), Long.parseLong(line.group(3)) * MEGABYTE, Long.parseLong(line.group(4)) * MEGABYTE,
                Double.parseDouble(line.group(5)))).toList());
    }

    /** Those of a later reading that an earlier one did not have. */
    public GcLog since(GcLog earlier) {
        return new GcLog(pauses.subList(earlier.pauses.size(), pauses.size()));
    }

    /** Bytes that were allocated between the first pause and the last, per second; NaN of fewer than two. */
    public double allocatedPerSecond() {
        if (pauses.size() < 2) {
            return Double.NaN;
        }
        long allocated = IntStream.range(1, pauses.size()).mapToLong(i -> pauses.get(i).before() - pauses.get(i - 1).after()).sum();
        return allocated / (pauses.getLast().seconds() - pauses.getFirst().seconds());
    }

    /** Without those that were asked for. */
    public List<Double> millis() {
        return pauses.stream().filter(pause -> !pause.wasAskedFor()).map(Pause::millis).sorted().toList();
    }
}

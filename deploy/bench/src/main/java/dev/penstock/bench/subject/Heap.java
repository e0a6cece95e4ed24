package dev.penstock.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM. */
public final class Heap {

    private static final Pattern LINE = Pattern.compile(" +\\d+: +\\d+ +(\\d+) +(\\S+).*");

    /** What the serial collector puts where objects were that are gone, until it is worth moving those behind them. */
    private static final String FILLER = "jdk.internal.vm.Filler";

    private Heap() {}

    /** Bytes of the objects that are reachable: everything else is collected first, for which the JVM stands still. */
    public static long live(long pid) {
        return live(jcmd(pid, "GC.class_histogram"));
    }

    static long live(String histogram) {
        long live = histogram.lines().map(LINE::matcher).filter(Matcher::matches).filter(line -> !line.group(2).contains(FILLER))
                .mapToLong(line -> Long.parseLong(line.group(1))).sum();
        if (live == 0) {
            throw new BenchFailure("A heap cannot be read: " + histogram);
        }
        return live;
    }

    private static String jcmd(long pid, String command) {
        try {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                    .redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

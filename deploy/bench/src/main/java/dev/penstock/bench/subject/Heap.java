package dev.penstock.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The heap of another JVM. */
public final class Heap {

    private static final String TOTAL = "Total";

    private Heap() {}

    /** Bytes of the objects that are reachable: everything else is collected first, for which the JVM stands still. */
    public static long live(long pid) {
        String said = jcmd(pid, "GC.class_histogram");
        String total = said.lines().filter(line -> line.startsWith(TOTAL)).findFirst()
                .orElseThrow(() -> new BenchFailure("The heap of process " + pid + " cannot be read: " + said));
        String[] words = total.strip().split(" +");
        return Long.parseLong(words[2]);
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

package dev.penstock.bench.canary;

import dev.penstock.bench.subject.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What threads are called and where they are, platform threads and virtual ones, as the JDK's own tool writes it. */
public final class Threads {

    private Threads() {}

    /** @param folder where the dumps are put; made if it is not there */
    public static void dump(long pid, Path folder) {
        try {
            Files.createDirectories(folder);
            jcmd(pid, folder.resolve(pid + "-" + System.nanoTime() + ".txt"), "Thread.print", "-l");
            Path all = folder.resolve(pid + "-" + System.nanoTime() + ".json");
            jcmd(pid, folder.resolve(pid + ".said"), "Thread.dump_to_file", "-format=json", all.toString());
            if (!Files.exists(all)) {
                throw new BenchFailure("The threads of " + pid + " were not written: " + Files.readString(folder.resolve(pid + ".said")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While there is a thread of that name in this process. */
    static void dumpOf(long pid, String name, Path folder) {
        CountDownLatch over = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> await(over));
        dump(pid, folder);
        over.countDown();
        thread.interrupt();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void jcmd(long pid, Path into, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(into.toFile()).start();
        if (process.onExit().join().exitValue() != 0) {
            throw new BenchFailure("jcmd cannot ask " + pid + " for its threads: " + Files.readString(into));
        }
    }
}

package dev.penstock.bench.subject;

import dev.penstock.bench.measure.Pinning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the run on its core. What it says is in its log; its input is ours, so that those who read it end with us. */
final class Child implements AutoCloseable {

    /** In a session of its own, which Ctrl-C does not reach: what it stands on would be gone before it. We end it in our order. */
    private static final List<String> APART = List.of("setsid");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Child start(String name, Core core, List<String> command, Path log) {
        List<String> apart = new ArrayList<>(APART);
        apart.addAll(Pinning.to(core.number(), command));
        return new Child(name, start(new ProcessBuilder(apart)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())), command), log);
    }

    private static Process start(ProcessBuilder process, List<String> command) {
        try {
            return process.start();
        } catch (IOException e) {
            throw new BenchFailure(command.getFirst() + " cannot be run (" + e.getMessage() + "): it needs setsid and taskset, of util-linux.", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** @throws BenchFailure if it has ended, naming its log */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchFailure(name + " ended with " + process.exitValue() + ": its log is " + log + ".");
        }
    }

    /** Asks it to end and waits; then ends it with all that it started. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        below.forEach(ProcessHandle::destroy);
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.penstock.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run: its folder, and what was started for it. Closing it ends that in the reverse order and leaves logs and configurations alone.
 * May be closed by another thread than the one that starts things, as when somebody presses Ctrl-C; then nothing more is started.
 */
public final class Run implements AutoCloseable {

    private static final String LOGS = "logs";

    private final Path folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean closed;

    private Run(Path folder) {
        this.folder = folder;
    }

    /** In an empty folder: what an earlier run left in it goes. */
    public static Run in(Path folder) {
        try {
            delete(folder, Set.of());
            Files.createDirectories(folder.resolve(LOGS));
            return new Run(folder.toRealPath());
        } catch (IOException e) {
            throw new BenchFailure("The folder " + folder + " cannot be made empty (" + e.getMessage() + "): check whose it is.", e);
        }
    }

    public Path folder() {
        return folder;
    }

    public Path logs() {
        return folder.resolve(LOGS);
    }

    /** Writes a file of the run, such as a configuration. */
    Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path makeFolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process that is ended with the run. */
    Child start(String name, Core core, List<String> command) {
        synchronized (started) {
            requireOpen();
            Child child = Child.start(name, core, command, logs().resolve(name + ".log"));
            started.push(child);
            return child;
        }
    }

    /** @throws BenchFailure if something that was started has ended by itself: what is measured without it means nothing */
    public void requireAlive() {
        synchronized (started) {
            requireOpen();
            started.stream().filter(Child.class::isInstance).map(Child.class::cast).forEach(Child::requireAlive);
        }
    }

    /** Something of this process that is to be ended with the run. */
    void add(AutoCloseable part) {
        synchronized (started) {
            requireOpen();
            started.push(part);
        }
    }

    /** Whether what was started is being ended: then failures are no news. */
    public boolean isEnding() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new BenchFailure("Stopped.");
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            if (closed) {
                return;
            }
            closed = true;
            while (!started.isEmpty()) {
                close(started.pop());
            }
        }
        keepOnlyWhatTells();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("penstock: " + part + " did not end as it should: " + e);
        }
    }

    /** The database and the journals are of no use to anybody. */
    private void keepOnlyWhatTells() {
        try {
            Path programs = folder.resolve(Installation.DATA).resolve(LOGS);
            if (Files.isDirectory(programs)) {
                Files.move(programs, logs().resolve("installation"));
            }
            delete(folder, Set.of(LOGS));
        } catch (IOException e) {
            System.err.println("penstock: not everything in " + folder + " could be removed: " + e);
        }
    }

    /** @param kept folders directly below, and every file directly below if there is any such folder */
    private static void delete(Path folder, Set<String> kept) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            List<Path> paths = content.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                if (kept.isEmpty() || !isKept(folder.relativize(path), path, kept)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static boolean isKept(Path relative, Path path, Set<String> kept) {
        return kept.contains(relative.getName(0).toString()) || relative.toString().isEmpty() || relative.getNameCount() == 1 && Files.isRegularFile(path);
    }
}

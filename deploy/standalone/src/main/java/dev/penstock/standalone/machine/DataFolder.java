package dev.penstock.standalone.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything Penstock keeps on this machine. One process at a time holds it: the operating system gives the lock back when that process
 * ends, however it ends.
 */
public final class DataFolder implements AutoCloseable {

    /** What the first start unpacks and makes, with room for the first days of data. */
    private static final long MEBIBYTES_FOR_FIRST_START = 500;

    private static final long MEBIBYTES_FOR_RESTART = 150;

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens the folder, making it at first use.
     *
     * @throws StartFailure when another process holds it, or its disk is full
     */
    public static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            PrivateFiles.folder(root);
            FileChannel lock = PrivateFiles.openForWriting(lockFile(root));
            if (tryLock(lock) == null) {
                lock.close();
                throw alreadyHeld(root);
            }
            lock.truncate(0).write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            DataFolder opened = new DataFolder(root, lock);
            opened.requireSpace();
            return opened;
        } catch (IOException e) {
            throw StartFailure.of("opening the data folder " + root, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static StartFailure alreadyHeld(Path root) throws IOException {
        String pid = Files.readString(lockFile(root)).strip();
        return new StartFailure("Penstock already runs with the data folder " + root + (pid.isEmpty() ? "" : " (process " + pid + ")")
                + ": stop it with ./penstock down --data " + root + ", or choose another folder with --data and other ports with --port-base.");
    }

    private void requireSpace() throws IOException {
        long needed = Files.exists(postgres()) ? MEBIBYTES_FOR_RESTART : MEBIBYTES_FOR_FIRST_START;
        long free = Files.getFileStore(root).getUsableSpace() >> 20;
        if (free < needed) {
            close();
            throw new StartFailure("Only " + free + " MiB are free on the disk of " + root + " and Penstock needs " + needed
                    + ": free some space, or choose another folder with --data.");
        }
    }

    public Path root() {
        return root;
    }

    /** Data of PostgreSQL. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** Keys and passwords of this installation. Losing them means losing the data. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** What can be made again at any time. */
    public Path cache() {
        return root.resolve("cache");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** What belongs to the present run: settings of programs, the cluster's address. */
    public Path run() {
        return root.resolve("run");
    }

    /** The process that holds the folder at this moment. Not for the holder itself: looking would cost it the lock. */
    public static Optional<Long> holder(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.exists(lockFile(root))) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(lockFile(root), StandardOpenOption.WRITE)) {
            return tryLock(channel) == null ? Optional.of(Long.valueOf(Files.readString(lockFile(root)).strip())) : Optional.empty();
        }
    }

    private static Path lockFile(Path root) {
        return root.resolve("lock");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

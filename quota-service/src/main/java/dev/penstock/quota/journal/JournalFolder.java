package dev.penstock.quota.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A journal's files, for one process at a time: the operating system gives the lock back when that process ends, however it ends.
 *
 * <pre>
 * lock                      the number of the process that holds it
 * journal-id                which journal this is
 * segment-000000000002      ends, in the order they were told
 * progress-000000000001     what is known of every attempt that is alive
 * </pre>
 *
 * <p>A file gets its name when it is whole on disk and as long as it will ever be, so that writing into it needs no more room.
 */
final class JournalFolder implements AutoCloseable {

    /** So many files a folder may hold; more than that are left only where ends cannot be settled, and somebody has to look. */
    static final int MOST_FILES = 256;

    private static final String LOCK = "lock";
    private static final String SEGMENT = "segment-";
    private static final String PROGRESS = "progress-";
    private static final String UNFINISHED = ".new";
    private static final int DIGITS = 12;
    private static final int BLOCK = 64 << 10;

    /** Makes room on the disk. A seam for tests: how a full disk shows. */
    @FunctionalInterface
    interface Allocation {
        void fill(FileChannel file, long bytes) throws IOException;
    }

    private final Path folder;
    private final FileChannel lock;
    private final Allocation allocation;
    private final UUID id;
    private long last;

    private JournalFolder(Path folder, UUID id, FileChannel lock, Allocation allocation) {
        this.folder = folder;
        this.id = id;
        this.lock = lock;
        this.allocation = allocation;
    }

    /**
     * @param ids where the id of a journal that is new comes from
     * @throws JournalUnusable if there is no such folder, another process holds it, or its id cannot be read
     */
    static JournalFolder open(Path folder, Supplier<UUID> ids) {
        return open(folder, ids, JournalFolder::zeros);
    }

    static JournalFolder open(Path path, Supplier<UUID> ids, Allocation allocation) {
        Path folder = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            // Not made here: where a volume should be mounted and is not, the journal would end up on a disk that goes with the process.
            throw new JournalUnusable("There is no folder " + folder + " for the journal.", "Mount the replica's volume there, or make the folder, readable by this program alone.");
        }
        try {
            return locked(folder, lock(folder), ids, allocation);
        } catch (IOException e) {
            throw new JournalUnusable("The journal in " + folder + " cannot be opened: " + e, "Let the folder be writable by this program.");
        }
    }

    private static JournalFolder locked(Path folder, FileChannel lock, Supplier<UUID> ids, Allocation allocation) throws IOException {
        try {
            JournalFolder opened = new JournalFolder(folder, JournalId.in(folder, ids), lock, allocation);
            opened.clear();
            return opened;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(lock)) {
            lock.close();
            throw new JournalUnusable(
                    "The journal in " + folder + " is in use by process " + Files.readString(folder.resolve(LOCK)).strip() + ".",
                    "Each replica has a folder of its own: set penstock.journal.folder to another one, or stop that process first.");
        }
        lock.truncate(0).write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return lock;
    }

    private static boolean tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Files that never got their name hold nothing. */
    private void clear() throws IOException {
        for (Path file : files("")) {
            String name = file.getFileName().toString();
            if (name.endsWith(UNFINISHED)) {
                Files.delete(file);
            } else {
                last = Math.max(last, Long.parseLong(name.substring(name.indexOf('-') + 1)));
            }
        }
    }

    Path path() {
        return folder;
    }

    UUID id() {
        return id;
    }

    /** @throws JournalUnusable if a file is damaged, or cannot be read; nothing is changed then */
    Replay replay() {
        try {
            return Replay.of(images(SEGMENT), images(PROGRESS));
        } catch (IOException e) {
            throw new JournalUnusable("The journal in " + folder + " cannot be read: " + e, "Check the disk.");
        }
    }

    private SortedMap<String, ByteBuffer> images(String kind) throws IOException {
        SortedMap<String, ByteBuffer> images = new TreeMap<>();
        for (Path file : files(kind)) {
            images.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return images;
    }

    /** Ours of that kind; what else is in the folder, such as {@code lost+found}, is left alone. */
    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("(segment|progress)-\\d{" + DIGITS + "}(\\.new)?"))
                    .filter(file -> file.getFileName().toString().startsWith(kind))
                    .sorted()
                    .toList();
        }
    }

    /** So that what follows is read as nothing, also when the segment is no more the last. */
    void cut(String segment, int size) {
        try (FileChannel file = FileChannel.open(folder.resolve(segment), StandardOpenOption.WRITE)) {
            file.truncate(size).force(true);
        } catch (IOException e) {
            throw new JournalUnusable("The journal's file " + segment + " cannot be cut at byte " + size + ": " + e, "Check the disk.");
        }
    }

    /** A file that is kept as long as what it says is needed. */
    KeptFile kept(String name) {
        return new KeptFile(folder.resolve(name));
    }

    /** @throws IOException above all when the disk is full; nothing is left behind then */
    OpenFile create(FileHeader header, long bytes) throws IOException {
        if (files("").size() >= MOST_FILES) {
            throw new IOException("there are " + MOST_FILES + " files in " + folder + " that hold what cannot be settled");
        }
        last++;
        String name = (header.kind() == FileHeader.Kind.SEGMENT ? SEGMENT : PROGRESS) + String.format("%0" + DIGITS + "d", last);
        Path unfinished = folder.resolve(name + UNFINISHED);
        FileChannel file = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            allocation.fill(file, bytes);
            file.write(header.bytes(), 0);
            file.force(true);
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            syncNames(folder);
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(unfinished);
            throw e;
        }
        return new OpenFile(kept(name), file);
    }

    record OpenFile(KeptFile kept, FileChannel channel) {}

    private static void zeros(FileChannel file, long bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        for (long at = 0; at < bytes; ) {
            block.clear().limit((int) Math.min(BLOCK, bytes - at));
            at += file.write(block, at);
        }
    }

    /** A new name is there for good only when the folder says so on disk. */
    static void syncNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("giving the lock of " + folder + " back", e);
        }
    }
}

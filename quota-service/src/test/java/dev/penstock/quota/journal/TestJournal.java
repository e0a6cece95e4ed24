package dev.penstock.quota.journal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** A journal in a folder of its own, on a disk that can be full. */
final class TestJournal {

    static final Instant DEADLINE = Instant.parse("2026-11-21T12:00:00Z");
    static final String REPLICA = "quota-service-0";

    final Path folder;
    final AtomicBoolean full = new AtomicBoolean();
    private final JournalSettings settings;

    TestJournal(int capacity) {
        this(capacity, "always");
    }

    TestJournal(int capacity, String sync) {
        this(temporary(), capacity, sync);
    }

    TestJournal(Path folder, int capacity, String sync) {
        this(folder, capacity, sync, Duration.ZERO);
    }

    private TestJournal(Path folder, int capacity, String sync, Duration gather) {
        this.folder = folder;
        this.settings = new JournalSettings(folder, capacity, DataSize.ofKilobytes(128), Sync.of(sync), gather);
    }

    static TestJournal gathering(Duration gather) {
        return new TestJournal(temporary(), 10, "always", gather);
    }

    /** As a start finds it, before there is an epoch. */
    Journal opened() {
        JournalFolder locked = JournalFolder.open(folder, UUID::randomUUID, (file, bytes) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            file.write(java.nio.ByteBuffer.allocate((int) bytes), 0);
        });
        try {
            return new Journal(settings, locked, new JournalMetrics(new SimpleMeterRegistry()));
        } catch (RuntimeException e) {
            locked.close();
            throw e;
        }
    }

    Journal begun() {
        Journal journal = opened();
        journal.begin(REPLICA, 1);
        return journal;
    }

    /** Takes what waits, as it was told. */
    static List<Settlement> take(Journal journal, int most, Duration patience) throws InterruptedException {
        return journal.take(most, patience).stream().map(Ended::settlement).toList();
    }

    static Told told(Settlement end) {
        return Told.End.of(new Ended(end, null));
    }

    /** Of attempts whose intent is not here. */
    static List<Ended> without(List<Settlement> ends) {
        return ends.stream().map(end -> new Ended(end, null)).toList();
    }

    /** Our files of what was told and what is alive, by name. */
    List<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).filter(name -> !name.equals("lock") && !name.equals(JournalId.FILE)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process that is killed at this moment leaves. */
    TestJournal copy() {
        Path copy = temporary();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestJournal(copy, settings.capacity(), "always");
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("journal-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Attempt attempt(int number) {
        return new Attempt(new TenantId(new UUID(1, 1)), new CallId(new UUID(2, number)), 0);
    }

    static Settlement end(int number) {
        return new Settlement(attempt(number), 200, new Counts.Read(number, 1, 2, 3, 1), Payer.CALLER, Cause.COMPLETED, Duration.ofMillis(number), null);
    }

    /** What stands if the process dies when so many tokens were read. */
    static Settlement at(int number, long output) {
        return new Settlement(attempt(number), 200, new Counts.Read(number, 0, 0, output), Payer.CALLER, Cause.KILLED, Duration.ofMillis(output), Duration.ofMillis(1));
    }

    /** Anything that can be told at all. */
    static Settlement random(Random random) {
        Attempt attempt = new Attempt(
                new TenantId(new UUID(random.nextLong(), random.nextLong())), new CallId(new UUID(random.nextLong(), random.nextLong())), random.nextInt(Attempt.MOST));
        Counts counts = switch (random.nextInt(3)) {
            case 0 -> new Counts.Read(number(random), number(random), number(random), number(random), number(random));
            case 1 -> new Counts.Begun(number(random), number(random), number(random), number(random) & Long.MAX_VALUE);
            default -> new Counts.Delivered(number(random) & Long.MAX_VALUE);
        };
        return new Settlement(
                attempt, 100 + random.nextInt(500), counts, Payer.values()[random.nextInt(Payer.values().length)], Cause.values()[random.nextInt(Cause.values().length)],
                duration(random), random.nextBoolean() ? null : duration(random));
    }

    private static long number(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    private static Duration duration(Random random) {
        return Duration.ofSeconds(number(random) & Long.MAX_VALUE, random.nextInt(1_000_000_000));
    }
}

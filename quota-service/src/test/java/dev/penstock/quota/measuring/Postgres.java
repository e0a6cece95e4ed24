package dev.penstock.quota.measuring;

import dev.penstock.quota.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The server that a service's database is on; Linux only. */
public final class Postgres {

    private static final Path PROCESSES = Path.of("/proc");
    /** Of {@code /proc}, since Linux shows times there in hundredths of a second whatever its own clock is. */
    private static final Duration TICK = Duration.ofMillis(10);
    // Columns of /proc/PID/stat, counted from the one behind the name.
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private final RunningService service;
    private final long pid;

    public Postgres(RunningService service) {
        this.service = service;
        Path folder = Path.of(service.column("show data_directory").getFirst());
        try {
            this.pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Time on processors, of all its processes, those included that ended. */
    public Duration cpu() {
        try (Stream<Path> all = Files.list(PROCESSES)) {
            return TICK.multipliedBy(all.filter(path -> path.getFileName().toString().matches("\\d+")).mapToLong(this::ticks).sum());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the next byte of its log of changes goes. */
    public long written() {
        return Long.parseLong(service.column("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint").getFirst());
    }

    private long ticks(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            List<String> columns = new ArrayList<>(List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")));
            boolean postmaster = process.getFileName().toString().equals(Long.toString(pid));
            if (!postmaster && Long.parseLong(columns.get(PARENT)) != pid) {
                return 0;
            }
            return time(columns, USER) + time(columns, SYSTEM) + (postmaster ? time(columns, CHILDREN_USER) + time(columns, CHILDREN_SYSTEM) : 0);
        } catch (IOException e) {
            // It ended meanwhile.
            return 0;
        }
    }

    private static long time(List<String> columns, int at) {
        return Long.parseLong(columns.get(at));
    }
}

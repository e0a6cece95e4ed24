package dev.penstock.quota.stop;

import dev.penstock.contract.StopId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Notes from when on this replica refused calls for a stop, and writes it down beside the calls. */
@Component
class StopReach implements BackgroundWork {

    private static final Actor WRITER = Actor.system("stops");
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final TableCopy<StopId, Stop> copy;
    private final StopCopyTable table;
    private final StopTable stops;
    private final JobTransactions transactions;
    private final Replica replica;
    private final Map<StopId, Instant> unwritten = new ConcurrentHashMap<>();
    private final Rhythm rhythm = Rhythm.of("stop-reach", EVERY, this::write);
    // Of the thread that reads, which is one at a time.
    private Set<StopId> held = Set.of();

    StopReach(TableCopy<StopId, Stop> copy, StopCopyTable table, StopTable stops, JobTransactions transactions, Replica replica) {
        this.copy = copy;
        this.table = table;
        this.stops = stops;
        this.transactions = transactions;
        this.replica = replica;
        copy.onRead(this::read);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** The copy holds from now on. */
    private void read() {
        Set<StopId> now = copy.current().keySet();
        if (now.equals(held)) {
            return;
        }
        Instant at = table.now();
        Set<StopId> fresh = new HashSet<>(now);
        fresh.removeAll(held);
        fresh.forEach(stop -> unwritten.put(stop, at));
        held = Set.copyOf(now);
        rhythm.wake();
    }

    private void write() {
        unwritten.forEach((stop, since) -> {
            transactions.acrossTenants(Job.SETTLE, WRITER, () -> {
                stops.reached(stop, replica.name(), since);
                return null;
            });
            unwritten.remove(stop, since);
        });
    }
}

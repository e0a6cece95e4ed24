package dev.penstock.quota.health;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.quota.admission.Replica;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.settlement.Backlog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says how this replica stands, where all can read it. Open pages hear of it when something else than the age of copies has moved. */
@Component
class Announcing implements BackgroundWork {

    /** What moves with calls. */
    private record Figures(int taken, int waiting, @Nullable Instant behindSince) {}

    private final Journal journal;
    private final Backlog backlog;
    private final Replica replica;
    private final List<TableCopy<?, ?>> copies;
    private final ReplicaTable table;
    private final JobTransactions transactions;
    private final Changes changes;
    private final Rhythm rhythm;
    private @Nullable Figures last;

    Announcing(
            Journal journal, Backlog backlog, Replica replica, List<TableCopy<?, ?>> copies, ReplicaTable table, JobTransactions transactions, Changes changes,
            HealthSettings settings) {
        this.journal = journal;
        this.backlog = backlog;
        this.replica = replica;
        this.copies = copies;
        this.table = table;
        this.transactions = transactions;
        this.changes = changes;
        this.rhythm = Rhythm.of("health", settings.tellEvery(), this::tell);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    private void tell() {
        replica.epoch();
        Figures now = new Figures(journal.open(), journal.waiting(), backlog.since());
        Map<String, Long> ages = new TreeMap<>();
        copies.forEach(copy -> ages.put(copy.name(), copy.age().toMillis()));
        transactions.acrossTenants(Job.SETTLE, Sampler.ACTOR, () -> {
            table.put(replica.name(), journal.places(), now.taken(), now.waiting(), now.behindSince(), ages);
            if (!now.equals(last)) {
                changes.tell("health", null, null, "replica", null);
            }
            return null;
        });
        last = now;
    }
}

package dev.penstock.quota.stop;

import dev.penstock.contract.StopId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads what the copy in memory holds, and what time the database had then. */
@Component
class StopCopyTable {

    private static final Actor READER = Actor.system("stops");

    private final JobTransactions transactions;
    private final StopTable table;
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    StopCopyTable(JobTransactions transactions, StopTable table, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.clock = clock;
    }

    /** Those that stand. If nothing moved, {@code known} itself. */
    Map<StopId, Stop> read(Map<StopId, Stop> known) {
        return transactions.acrossTenants(Job.SNAPSHOT, READER, () -> {
            ahead = Duration.between(clock.instant(), table.now());
            Map<StopId, Stop> standing = table.standing().stream().collect(Collectors.toUnmodifiableMap(Stop::id, stop -> stop));
            return standing.equals(known) ? known : standing;
        });
    }

    /** Now, by the database's clock, as the last reading knew it. */
    Instant now() {
        return clock.instant().plus(ahead);
    }
}

package dev.penstock.quota.alias;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads what the copy in memory holds. */
@Component
class AliasCopyTable {

    private static final Actor READER = Actor.system("aliases");

    private final JobTransactions transactions;
    private final AliasTable table;

    AliasCopyTable(JobTransactions transactions, AliasTable table) {
        this.transactions = transactions;
        this.table = table;
    }

    /** The last version of each. If nothing moved, {@code known} itself: versions are only ever added, so their number tells. All of it at one moment. */
    Map<String, Alias> read(Map<String, Alias> known) {
        return transactions.atOneMoment(Job.SNAPSHOT, READER, () -> table.versions() == known.values().stream().mapToLong(Alias::version).sum()
                ? known
                : table.last().stream().collect(Collectors.toUnmodifiableMap(Alias::name, alias -> alias)));
    }
}

package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.reservation.TenantLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Returns what a replica held of limits that will not come back. Repeating it changes nothing. */
@Component
public class LeftAllotments {

    private static final Actor ACTOR = Actor.system("allotment");

    /**
     * @param tenants of whose limits something was returned
     * @param there names of replicas that were there less than an allotment's life ago: what they hold they may still be using
     */
    public record Result(int tenants, List<String> there) {}

    private final AllotmentSettings settings;
    private final JobTransactions transactions;
    private final TenantLock lock;
    private final JdbcClient jdbc;
    private final LeftTable left;

    LeftAllotments(AllotmentSettings settings, JobTransactions transactions, TenantLock lock, JdbcClient jdbc) {
        this.settings = settings;
        this.transactions = transactions;
        this.lock = lock;
        this.jdbc = jdbc;
        this.left = new LeftTable(jdbc);
    }

    /** To be called once everything in the journal is settled, by who holds its folder. */
    public Result giveBack(UUID journal) {
        int tenants = 0;
        List<String> there = new ArrayList<>();
        for (LeftTable.Left each : transactions.acrossTenants(Job.SETTLE, ACTOR, () -> left.of(journal))) {
            Optional<Life> next = next(each, journal);
            if (next.isEmpty()) {
                there.add(each.replica());
            } else {
                tenants += recovered(next.get());
            }
        }
        return new Result(tenants, List.copyOf(there));
    }

    /**
     * A life that is later than those that hold something. Where the name has gone on with another disk there is one, and that is left alone: a new
     * epoch would put an end to it.
     */
    private Optional<Life> next(LeftTable.Left former, UUID journal) {
        Optional<Long> epoch = former.latest() > former.held()
                ? Optional.of(former.latest())
                : transactions.acrossTenants(Job.SETTLE, ACTOR, () -> left.end(former, settings.life()));
        return epoch.map(later -> new Life(former.replica(), later, journal));
    }

    private int recovered(Life next) {
        AllotmentKeeper keeper = new AllotmentKeeper(next, settings.silence(), transactions, lock, jdbc);
        List<TenantId> tenants = keeper.toRecover();
        tenants.forEach(keeper::recover);
        return tenants.size();
    }
}

package dev.penstock.quota.admission;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.Allotments;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The rules of tenants that call, in memory. They are read in one transaction with what is held of their limits, so that the two belong together. */
@Component
class RuleCopies {

    private static final Actor ACTOR = Actor.system("admission");

    private final JobTransactions transactions;
    private final CallRuleTable table;
    private final Allotments allotments;
    private final Clock clock;
    private final ConcurrentMap<TenantId, TenantRules> copies = new ConcurrentHashMap<>();

    RuleCopies(JobTransactions transactions, CallRuleTable table, Allotments allotments, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.allotments = allotments;
        this.clock = clock;
    }

    /** As last read; empty: nobody has asked for the tenant, or it is not registered. How old they may be is {@link Allotments#admits}'s to say. */
    Optional<TenantRules> find(TenantId tenant) {
        return Optional.ofNullable(copies.get(tenant));
    }

    /** The same, if they were read since the caller's project was its tenant's: one that comes from another tenant brings limits with it. */
    Optional<TenantRules> covering(Ask.Caller caller) {
        return find(caller.tenant()).filter(read -> read.cover(caller.project(), clock.instant()));
    }

    /** @return false: another process goes by this replica's name, or too many wait */
    boolean read(TenantId tenant) {
        return allotments.read(tenant, () -> table.copy(tenant, copies.get(tenant)), rules -> rules.ifPresentOrElse(
                present -> copies.merge(tenant, present, this::next), () -> copies.remove(tenant)));
    }

    /** What is known itself when nothing has moved. */
    @SuppressWarnings("ReferenceEquality")
    private TenantRules next(TenantRules before, TenantRules present) {
        return present == before ? before : present.after(before, clock.instant());
    }

    /** Tenants whose rules are not any more what is known here. */
    List<TenantId> moved() {
        Map<TenantId, Long> known = copies.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().version()));
        return known.isEmpty() ? List.of() : transactions.acrossTenants(Job.SNAPSHOT, ACTOR, () -> table.moved(known));
    }

    /** Forgets those that nothing is known of elsewhere. */
    void keep(Collection<TenantId> tenants) {
        copies.keySet().retainAll(tenants);
    }
}

package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitWarning;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.reservation.LimitUse;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Limits with their present use, as the caller may see them. */
@Component
class LimitViews {

    private final Access access;
    private final JobTransactions transactions;
    private final LimitTable table;
    private final LimitUse use;
    private final WarningTable warnings;
    private final Clock clock;

    LimitViews(Access access, JobTransactions transactions, LimitTable table, LimitUse use, WarningTable warnings, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.table = table;
        this.use = use;
        this.warnings = warnings;
        this.clock = clock;
    }

    /** @param tenant one that the caller sees, or null for all of those */
    List<LimitView> list(@Nullable TenantId tenant) {
        if (access.seesAllTenants()) {
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> views(table.list(tenant)));
        }
        Set<TenantId> tenants = tenant == null ? access.ownTenants() : Set.of(tenant);
        return tenants.stream()
                .map(own -> transactions.inTenant(Job.WEB, access.actor(), own, () -> views(table.list(own))))
                .flatMap(Collection::stream)
                .filter(view -> access.sees(view.tenant(), view.project()))
                .toList();
    }

    /** One that the caller has just set. */
    LimitView of(Limit limit) {
        return transactions.inTenant(Job.WEB, access.actor(), limit.tenant(), () -> views(List.of(limit)).getFirst());
    }

    private List<LimitView> views(List<Limit> limits) {
        Instant now = clock.instant();
        List<LimitId> ids = limits.stream().map(Limit::id).toList();
        Map<LimitUse.Key, LimitUse.Use> uses = use.at(now, ids);
        Map<WarningTable.Key, List<LimitWarning>> warned = warnings.at(now, ids);
        return limits.stream()
                .map(limit -> limit.view(
                        uses.getOrDefault(new LimitUse.Key(limit.tenant(), limit.id(), limit.period(now)), LimitUse.Use.NOTHING),
                        warned.getOrDefault(new WarningTable.Key(limit.tenant(), limit.id()), List.of()), now))
                .toList();
    }
}

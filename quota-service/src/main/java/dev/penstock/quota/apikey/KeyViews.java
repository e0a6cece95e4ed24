package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.KeyReport;
import dev.penstock.contract.quota.KeyReportView;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which keys a caller sees: those of projects they see. */
@Component
class KeyViews {

    static final int MOST = 500;

    private static final Comparator<KeyView> ACTIVE_AND_NEW_FIRST = Comparator
            .comparing((KeyView key) -> key.state() != KeyView.State.ACTIVE)
            .thenComparing(KeyView::createdAt, Comparator.reverseOrder())
            .thenComparing(key -> key.id().toString());

    private static final Comparator<KeyView> OLD_FIRST = Comparator.comparing(KeyView::createdAt).thenComparing(key -> key.id().toString());

    private final Access access;
    private final JobTransactions transactions;
    private final KeyTable table;
    private final KeySettings settings;
    private final Clock clock;

    KeyViews(Access access, JobTransactions transactions, KeyTable table, KeySettings settings, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param tenant one that the caller sees, or null for all of those */
    List<KeyView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        Instant now = clock.instant();
        return seen(tenant, each -> table.list(each, project, now, MOST), ACTIVE_AND_NEW_FIRST);
    }

    /** @param tenant one that the caller sees, or null for all of those */
    KeyReportView report(KeyReport report, @Nullable TenantId tenant, @Nullable ProjectId project) {
        Instant now = clock.instant();
        Duration time = switch (report) {
            case NEVER_USED -> Duration.ZERO;
            case UNUSED -> settings.unusedAfter();
            case OVERDUE -> settings.rotateEvery();
        };
        return new KeyReportView(report, time.toDays(), seen(tenant, each -> table.report(report, each, project, now, now.minus(time), MOST), OLD_FIRST));
    }

    /** @param keys of one tenant, or of all for null */
    private List<KeyView> seen(@Nullable TenantId tenant, Function<@Nullable TenantId, List<StoredKey>> keys, Comparator<KeyView> order) {
        if (access.seesAllTenants()) {
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> keys.apply(tenant)).stream().map(this::of).toList();
        }
        Set<TenantId> tenants = tenant == null ? access.ownTenants() : Set.of(tenant);
        return tenants.stream()
                .map(own -> transactions.inTenant(Job.WEB, access.actor(), own, () -> keys.apply(own)))
                .flatMap(Collection::stream)
                .filter(key -> access.sees(key.tenant(), key.project()))
                .map(this::of)
                .sorted(order)
                .limit(MOST)
                .toList();
    }

    KeyView of(StoredKey key) {
        return key.view(clock.instant(), access.makesKeys(key.tenant(), key.project()), access.endsKeys(key.tenant(), key.project()));
    }

    /** @throws ProblemException {@code not_found} for a key of a project that the caller does not see, {@code not_allowed} */
    void requireMayRevoke(TenantId tenant, KeyId id) {
        StoredKey key = seen(tenant, id);
        if (!access.endsKeys(tenant, key.project())) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only members of the project and administrators may revoke its keys.");
        }
    }

    /** @throws ProblemException {@code not_found} for a key of a project that the caller does not see, {@code not_allowed} */
    void requireMayRotate(TenantId tenant, KeyId id) {
        access.requireMember(tenant, seen(tenant, id).project());
    }

    private StoredKey seen(TenantId tenant, KeyId id) {
        access.requireSees(tenant);
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> table.find(tenant, id, clock.instant()))
                .filter(found -> access.sees(tenant, found.project()))
                .orElseThrow(Access::notFound);
    }
}

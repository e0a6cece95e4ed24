package dev.penstock.quota.refusal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RefusalPage;
import dev.penstock.contract.quota.RefusalView;
import dev.penstock.contract.quota.RefusalsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.access.Access;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RefusalsController implements RefusalsApi {

    private static final int PAGE = 100;
    private static final Duration COUNTED = Duration.ofHours(24);

    private final Access access;
    private final JobTransactions transactions;
    private final RefusalTable table;
    private final RefusalSettings settings;
    private final Clock clock;

    RefusalsController(Access access, JobTransactions transactions, RefusalTable table, RefusalSettings settings, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    @Audited(action = "refusal.explain", subject = "call", id = "call")
    public RefusalView explain(CallId call) {
        access.requirePerson();
        return find(call).filter(refused -> access.sees(refused.tenant(), refused.project())).orElseThrow(Access::notFound);
    }

    private Optional<RefusalView> find(CallId call) {
        Instant since = since();
        if (access.seesAllTenants()) {
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> table.find(call, since));
        }
        return access.ownTenants().stream()
                .flatMap(tenant -> transactions.inTenant(Job.WEB, access.actor(), tenant, () -> table.find(call, since)).stream())
                .findFirst();
    }

    @Override
    @Audited(action = "refusal.list", subject = "project", id = "project")
    public RefusalPage list(TenantId tenant, ProjectId project, @Nullable CallId before) {
        access.requireSeesProject(tenant, project);
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> {
            List<RefusalView> rows = table.list(tenant, project, before, since(), PAGE + 1);
            return new RefusalPage(
                    rows.subList(0, Math.min(PAGE, rows.size())), rows.size() > PAGE, table.counts(tenant, project, clock.instant().minus(COUNTED)));
        });
    }

    private Instant since() {
        return clock.instant().minus(settings.keepFor());
    }
}

package dev.penstock.platform.idleness;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.IdlenessView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.Slices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class IdlenessController implements IdlenessApi {

    /** The most a list shows. */
    private static final int MOST = 200;

    private final JobTransactions transactions;
    private final ActivityTable table;
    private final Slices slices;
    private final Access access;
    private final IdleWatch watch;
    private final IdlenessSettings settings;
    private final Clock clock;

    IdlenessController(
            JobTransactions transactions, ActivityTable table, Slices slices, Access access, IdleWatch watch, IdlenessSettings settings, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.slices = slices;
        this.access = access;
        this.watch = watch;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    @Audited(action = "idleness.list", subject = "slice")
    public IdlenessView list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        if (tenant != null) {
            access.requireSees(tenant, project);
        }
        List<ActivityTable.Row> found = access.seesAllTenants()
                ? transactions.acrossTenants(Job.ORG, access.actor(), () -> table.list(tenant, project, MOST))
                : access.ownTenants().stream()
                        .filter(own -> tenant == null || own.equals(tenant))
                        .flatMap(own -> web(own, () -> table.list(own, project, MOST)).stream())
                        .toList();
        List<IdlenessView.Known> known = found.stream()
                .filter(row -> access.sees(row.key().tenant(), row.project()))
                .map(row -> view(row.key(), row.activity()))
                .toList();
        Duration reclaim = settings.reclaimAfter();
        return new IdlenessView(
                watch.missing(), settings.warnAfter().toSeconds(), settings.suspendAfter().toSeconds(), reclaim == null ? null : reclaim.toSeconds(), known);
    }

    @Override
    @Audited(action = "slice.keep", subject = "slice", id = "slice")
    public IdlenessView.Known keep(TenantId tenant, SliceId slice) {
        SliceKey key = new SliceKey(tenant, slice);
        access.requireSees(tenant, null);
        Slice seen = web(tenant, () -> slices.find(key).orElseThrow(Access::notFound));
        access.requireMayOperate(tenant, seen.approved().project());
        return web(tenant, () -> {
            // The lock first: whoever is just suspending it has it, and then it is not ready any more.
            Optional<Activity> locked = table.lock(key);
            Slice held = slices.find(key).orElseThrow(Access::notFound);
            if (held.state() != SliceState.READY || held.approved().serving() != null) {
                throw new ProblemException(Problem.WRONG_STATE, "Only a workspace that is ready can be idle.");
            }
            Instant now = clock.instant();
            Activity known = locked.filter(before -> before.phase() == held.phase()).orElseGet(() -> Activity.begin(held.phase(), now));
            Activity kept = known.kept(now);
            table.write(key, kept);
            slices.note(key, "slice.keep", "Kept by " + access.actor().name() + "; whether it is idle is counted anew.");
            return view(key, kept);
        });
    }

    private IdlenessView.Known view(SliceKey key, Activity activity) {
        return new IdlenessView.Known(
                key.tenant(), key.slice(), activity.seenAt(), activity.idleSince(), activity.warnedAt(), activity.suspendsAt(settings), activity.releasesAt(settings));
    }

    private <T> T web(TenantId tenant, Supplier<T> work) {
        return transactions.inTenant(Job.WEB, access.actor(), tenant, work);
    }
}

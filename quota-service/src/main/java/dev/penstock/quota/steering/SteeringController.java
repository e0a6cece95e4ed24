package dev.penstock.quota.steering;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.ReplaySpec;
import dev.penstock.contract.quota.ReplayView;
import dev.penstock.contract.quota.SavingsView;
import dev.penstock.contract.quota.SteeringApi;
import dev.penstock.contract.quota.SteeringSpec;
import dev.penstock.contract.quota.SteeringView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SteeringController implements SteeringApi {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final Access access;
    private final SteeringMaking making;
    private final Savings savings;
    private final Replaying replaying;

    SteeringController(Access access, SteeringMaking making, Savings savings, Replaying replaying) {
        this.access = access;
        this.making = making;
        this.savings = savings;
        this.replaying = replaying;
    }

    @Override
    @Audited(action = "steering.list", subject = "tenant", id = "tenant")
    public List<SteeringView> list(TenantId tenant) {
        access.requireSees(tenant);
        return making.list(access.actor(), tenant, access.reach(tenant)).stream().map(view -> told(tenant, view)).toList();
    }

    @Override
    @Audited(action = "steering.make", subject = "project", id = "project")
    public SteeringView make(TenantId tenant, ProjectId project, int version, SteeringSpec spec) {
        access.requireOwner(tenant, project);
        return told(tenant, making.make(access.actor(), tenant, project, version, spec));
    }

    @Override
    @Audited(action = "steering.savings", subject = "project", id = "project")
    public SavingsView savings(TenantId tenant, ProjectId project, Instant from, Instant to) {
        access.requireSeesProject(tenant, project);
        if (!from.isBefore(to) || to.isAfter(from.plus(LONGEST))) {
            throw new ProblemException(Problem.INVALID_INPUT, "from, to: the first is before the second, by 366 days at most.");
        }
        return savings.of(access.actor(), tenant, project, from, to);
    }

    @Override
    @Audited(action = "steering.replay", subject = "project", id = "project")
    public ReplayView replay(TenantId tenant, ProjectId project, ReplaySpec spec) {
        access.requireSeesProject(tenant, project);
        return replaying.of(access.actor(), tenant, project, spec);
    }

    private SteeringView told(TenantId tenant, SteeringView view) {
        return new SteeringView(
                view.project(), view.projectName(), view.version(), view.rules(), view.ladder(), view.madeBy(), view.madeAt(), view.reason(),
                access.isOwner(tenant, view.project()));
    }
}

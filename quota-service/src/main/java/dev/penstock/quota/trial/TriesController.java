package dev.penstock.quota.trial;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallDecision;
import dev.penstock.contract.quota.CallTry;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.TriesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TriesController implements TriesApi {

    private final Access access;
    private final Grants grants;
    private final Trial trial;

    TriesController(Access access, Grants grants, Trial trial) {
        this.access = access;
        this.grants = grants;
        this.trial = trial;
    }

    @Override
    @Audited(action = "call.try", subject = "project", id = "project")
    public CallDecision decide(TenantId tenant, ProjectId project, CallTry call) {
        access.requirePerson();
        access.requireSeesProject(tenant, project);
        if (call.operation() == KeyOperation.MODELS) {
            throw new ProblemException(Problem.INVALID_INPUT, "Listing models asks nothing of a model; name another operation.");
        }
        return trial.decide(access.actor(), holder(tenant, project, call), call);
    }

    private Holder holder(TenantId tenant, ProjectId project, CallTry call) {
        return call.key() == null
                ? grants.person(tenant, project, access.caller().subject())
                : grants.byId(tenant, project, call.key()).orElseThrow(Access::notFound);
    }
}

package dev.penstock.platform.tenant;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import org.springframework.stereotype.Component;

/** What other packages ask of a tenant. Who may ask is theirs to check. */
@Component
public class Tenants {

    private final JobTransactions transactions;
    private final TenantStore store;
    private final MoveTable moves;

    Tenants(JobTransactions transactions, TenantStore store, MoveTable moves) {
        this.transactions = transactions;
        this.store = store;
        this.moves = moves;
    }

    /**
     * Keeps the project in the tenant until the transaction ends: for whoever asks for something in it. To be called in a transaction of {@link Job#WEB}
     * for the tenant.
     *
     * @throws dev.penstock.frame.problem.ProblemException {@code not_found} when it has moved to another
     */
    public void hold(TenantId tenant, ProjectId project) {
        if (!moves.hold(tenant, project)) {
            throw Access.notFound();
        }
    }

    /**
     * When a request needs nobody's consent and how long a lease may be. Joins a transaction of {@link Job#WEB} for the same tenant.
     *
     * @throws dev.penstock.frame.problem.ProblemException {@code not_found}
     */
    public ApprovalPolicy policy(TenantId tenant, Actor actor) {
        return transactions.inTenant(Job.WEB, actor, tenant, () -> store.find(tenant).orElseThrow(Access::notFound).policy());
    }
}

package dev.penstock.platform.tenant;

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

    Tenants(JobTransactions transactions, TenantStore store) {
        this.transactions = transactions;
        this.store = store;
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

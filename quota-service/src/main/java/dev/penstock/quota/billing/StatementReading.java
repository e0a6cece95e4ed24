package dev.penstock.quota.billing;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.access.Access;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * As which database role statements are read: organisation roles across tenants, owners within theirs. A statement takes several statements of
 * SQL, and calls go on meanwhile, so all of them see one moment.
 */
@Component
class StatementReading {

    private final Access access;
    private final JobTransactions transactions;

    StatementReading(Access access, JobTransactions transactions) {
        this.access = access;
        this.transactions = transactions;
    }

    <T> T of(TenantId tenant, Supplier<T> work) {
        Actor reader = access.actor();
        return access.seesAllTenants()
                ? transactions.atOneMoment(Job.ORG, reader, work)
                : transactions.atOneMoment(Job.WEB, reader, tenant, work);
    }

    <T> T ofAll(Supplier<T> work) {
        return transactions.atOneMoment(Job.ORG, access.actor(), work);
    }
}

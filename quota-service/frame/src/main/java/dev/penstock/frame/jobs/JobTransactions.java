package dev.penstock.frame.jobs;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.problem.CurrentReference;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only door to the database. A transaction belongs to one job, and to one tenant or to none; row-level security does the rest.
 * Within one, the same job and tenant may be asked for again and joins it; anything else is a mistake of ours and fails. Only
 * {@link #amongTenants} has parts that belong to a tenant each.
 */
@Component
public final class JobTransactions {

    private static final ScopedValue<Work> WORK = ScopedValue.newInstance();

    private final TransactionTemplate transactions;
    private final TransactionTemplate snapshots;
    private final JdbcClient jdbc;
    private final CurrentReference reference;

    JobTransactions(PlatformTransactionManager manager, JdbcClient jdbc, CurrentReference reference) {
        this.transactions = new TransactionTemplate(manager);
        this.snapshots = new TransactionTemplate(manager);
        this.snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.jdbc = jdbc;
        this.reference = reference;
    }

    /** Works for one tenant: its rows are seen, no others. Commits when {@code work} returns, rolls back when it throws. */
    public <T extends @Nullable Object> T inTenant(Job job, Actor actor, TenantId tenant, Supplier<T> work) {
        return run(transactions, new Work(job, tenant, false), actor, work);
    }

    /**
     * For what leaves one tenant and comes to another. The work asks for {@link #inTenant} of each, one after the other: every part sees the rows of its
     * tenant and no others, and all of them commit or none. Between them nothing of any tenant is seen. A part that throws ends the whole.
     */
    public <T extends @Nullable Object> T amongTenants(Job job, Actor actor, Supplier<T> work) {
        return run(transactions, new Work(job, null, true), actor, work);
    }

    /** Works for no tenant: only what the job's policies show without one is seen. */
    public <T extends @Nullable Object> T acrossTenants(Job job, Actor actor, Supplier<T> work) {
        return run(transactions, new Work(job, null, false), actor, work);
    }

    /** As {@link #acrossTenants}, and every statement sees the database as the first one did: for exports that take several. */
    public <T extends @Nullable Object> T atOneMoment(Job job, Actor actor, Supplier<T> work) {
        return run(snapshots, new Work(job, null, false), actor, work);
    }

    /** The same for one tenant. */
    public <T extends @Nullable Object> T atOneMoment(Job job, Actor actor, TenantId tenant, Supplier<T> work) {
        return run(snapshots, new Work(job, tenant, false), actor, work);
    }

    /** @throws IllegalStateException outside of a transaction of this class */
    static Job currentJob() {
        if (!WORK.isBound()) {
            throw new IllegalStateException("the database was reached outside of JobTransactions");
        }
        return WORK.get().job();
    }

    private <T extends @Nullable Object> T run(TransactionTemplate template, Work work, Actor actor, Supplier<T> body) {
        if (WORK.isBound()) {
            if (WORK.get().hasPart(work)) {
                return part(WORK.get(), work, actor, body);
            }
            if (!WORK.get().equals(work)) {
                throw new IllegalStateException("a transaction for " + WORK.get() + " cannot work for " + work);
            }
            return body.get();
        }
        return ScopedValue.where(WORK, work).<T, RuntimeException>call(() -> template.<T>execute(status -> {
            introduce(work, actor);
            return body.get();
        }));
    }

    private <T extends @Nullable Object> T part(Work whole, Work part, Actor actor, Supplier<T> body) {
        introduce(part, actor);
        T result = ScopedValue.where(WORK, part).<T, RuntimeException>call(body::get);
        introduce(whole, actor);
        return result;
    }

    private void introduce(Work work, Actor actor) {
        jdbc.sql("""
                select set_config('penstock.tenant', :tenant, true), set_config('penstock.actor', :actor, true),
                       set_config('penstock.actor_kind', :kind, true), set_config('penstock.reference', :reference, true)""")
                .param("tenant", work.tenant() == null ? "" : work.tenant().toString())
                .param("actor", actor.name())
                .param("kind", actor.kind().word())
                .param("reference", Objects.requireNonNullElse(reference.find(), ""))
                .query()
                .singleRow();
    }

    /** @param among whether its parts belong to a tenant each */
    private record Work(Job job, @Nullable TenantId tenant, boolean among) {

        boolean hasPart(Work work) {
            return among && !work.among && work.tenant != null && work.job == job;
        }
    }
}

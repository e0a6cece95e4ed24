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
 * Within one, the same job and tenant may be asked for again and joins it; anything else is a mistake of ours and fails.
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
        return run(transactions, new Work(job, tenant), actor, work);
    }

    /** Works for no tenant: only what the job's policies show without one is seen. */
    public <T extends @Nullable Object> T acrossTenants(Job job, Actor actor, Supplier<T> work) {
        return run(transactions, new Work(job, null), actor, work);
    }

    /**
     * Within {@link #acrossTenants}: works for one tenant, and afterwards for none again, in the same transaction. For what is done to several tenants at
     * once or to none of them; whoever fails in it fails all of it.
     */
    public <T extends @Nullable Object> T forOneOfThem(TenantId tenant, Supplier<T> work) {
        Work all = WORK.isBound() ? WORK.get() : null;
        if (all == null || all.tenant() != null) {
            throw new IllegalStateException("only a transaction for no tenant turns to one of them, not one for " + all);
        }
        return ScopedValue.where(WORK, new Work(all.job(), tenant)).<T, RuntimeException>call(() -> transactions.<T>execute(status -> {
            turnTo(tenant.toString());
            T done = work.get();
            turnTo("");
            return done;
        }));
    }

    /** As {@link #acrossTenants}, and every statement sees the database as the first one did: for exports that take several. */
    public <T extends @Nullable Object> T atOneMoment(Job job, Actor actor, Supplier<T> work) {
        return run(snapshots, new Work(job, null), actor, work);
    }

    /** The same for one tenant. */
    public <T extends @Nullable Object> T atOneMoment(Job job, Actor actor, TenantId tenant, Supplier<T> work) {
        return run(snapshots, new Work(job, tenant), actor, work);
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

    private void turnTo(String tenant) {
        jdbc.sql("select set_config('penstock.tenant', :tenant, true)").param("tenant", tenant).query().singleRow();
    }

    private record Work(Job job, @Nullable TenantId tenant) {}
}

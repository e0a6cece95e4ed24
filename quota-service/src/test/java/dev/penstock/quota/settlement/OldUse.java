package dev.penstock.quota.settlement;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Calls of days long past, admitted and settled then like any other: for tests of other packages. */
public final class OldUse {

    private final SpendBench bench;
    private final SpendBench.Tenant tenant;
    private final TakenCalls taken;

    public OldUse(RunningService service) {
        this.bench = new SpendBench(service);
        this.tenant = bench.tenant();
        this.taken = new TakenCalls(bench, tenant);
    }

    public TenantId tenant() {
        return tenant.id();
    }

    public LimitId lifelong() {
        return tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 1_000_000L);
    }

    /** One that calls in the journal have taken of. */
    public LimitId taken() {
        return taken.limit(Level.TENANT, Meter.TOKENS, Window.LIFE);
    }

    /** What the life held that took is returned. */
    public void theLifeIsOver() {
        taken.holder.dieAndRecover();
    }

    public LimitId monthly() {
        return tenant.limit(Level.PROJECT, Meter.MONEY, Window.MONTH, 1_000_000_000_000_000L);
    }

    public void remove(LimitId limit) {
        tenant.remove(limit);
    }

    /** {@code settled/leased} in the present period. */
    public String use(LimitId limit) {
        return tenant.use(limit);
    }

    /** That many calls, a minute apart, of 90 tokens in and 10 out. */
    public void settled(Instant from, int calls) {
        for (int i = 0; i < calls; i++) {
            bench.apply(tenant.id(), List.of(SpendBench.completed(open(from.plus(Duration.ofMinutes(i))), 90, 10)));
        }
    }

    /** Admitted then, and never ended. */
    public Attempt open(Instant at) {
        bench.clock.set(at);
        try {
            return tenant.admitted(tenant.ask(SpendBench.callOf(at), 0, 100, 50));
        } finally {
            bench.clock.followRealTime();
            // If the copy of memberships was read then, it is years old by the real clock, and would let nobody in until the next poll.
            bench.service.bean(Access.class).changed();
        }
    }

    public void end(Attempt attempt) {
        bench.apply(tenant.id(), List.of(SpendBench.completed(attempt, 90, 10)));
    }

    /** What a journal holds of a call of then. */
    public Ended inJournal(Instant at) {
        return inJournal(at, 90);
    }

    /** @param input as its engine told it */
    public Ended inJournal(Instant at, long input) {
        Ask ask = tenant.ask(SpendBench.callOf(at), 0, 100, 50);
        return new Ended(SpendBench.completed(ask.attempt(), input, 10), taken.taken(ask));
    }

    public void tell(Ended end) {
        bench.settling.apply(tenant.id(), List.of(end));
    }

    public List<String> ledger() {
        return tenant.ledger();
    }

    public List<String> usage(String column) {
        return tenant.usage(column);
    }

    public void waitUntil(BooleanSupplier holds) {
        bench.waitUntil(holds);
    }

    public void everythingIsSound() {
        bench.isSoundAndQuiet(null);
    }
}

package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestSteps;
import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.CallPath;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A service of its own, its clock, and tenants that call it without a network between. */
final class SpendBench {

    static final long INPUT_PRICE = RunningService.INPUT_PRICE;
    static final long OUTPUT_PRICE = RunningService.OUTPUT_PRICE;
    static final TokenPrices PRICES = new TokenPrices(
            1, "EUR", BigInteger.valueOf(INPUT_PRICE), BigInteger.valueOf(INPUT_PRICE / 10), BigInteger.valueOf(INPUT_PRICE), BigInteger.valueOf(OUTPUT_PRICE));
    static final String SKU = RunningService.SKU;
    private static final Actor ACTOR = Actor.system("test");

    /** Holder idiom: one for all tests of the package. */
    private static final class Started {
        static final SpendBench BENCH = new SpendBench(RunningService.priced());
    }

    final RunningService service;
    final AdjustableClock clock;
    final Admission admission;
    final Journal journal;
    final Settling settling;
    final Sweep sweep;
    final TestSteps steps;
    private final Invariants invariants;

    /** Of a service with prices, beside the one that all tests share. */
    SpendBench(RunningService service) {
        this.service = service;
        this.clock = service.bean(AdjustableClock.class);
        this.admission = service.bean(Admission.class);
        this.journal = service.bean(Journal.class);
        this.settling = service.bean(Settling.class);
        this.sweep = service.bean(Sweep.class);
        this.steps = service.bean(TestSteps.class);
        this.invariants = service.bean(Invariants.class);
    }

    static SpendBench get() {
        return Started.BENCH;
    }

    Tenant tenant() {
        return tenant("UTC");
    }

    Tenant tenant(String zone) {
        Tenant tenant = new Tenant(new TenantId(UUID.randomUUID()), new ProjectId(UUID.randomUUID()), new ProjectId(UUID.randomUUID()), new KeyId(UUID.randomUUID()));
        tenant.register(1, zone);
        service.column("insert into quota.node (tenant_id, id, parent_id, kind, name) values ('%s', '%s', '%s', 'key', 'a key') returning name"
                .formatted(tenant.id, tenant.key, tenant.project));
        return tenant;
    }

    void isSound(@Nullable Tenant tenant) {
        assertThat(invariants.broken(ACTOR, tenant == null ? null : tenant.id(), false)).isEmpty();
    }

    void isSoundAndQuiet(@Nullable Tenant tenant) {
        assertThat(invariants.broken(ACTOR, tenant == null ? null : tenant.id(), true)).isEmpty();
    }

    /** As settlement does it, of attempts whose intents stand in the database. */
    int apply(TenantId tenant, Collection<Settlement> ends) {
        return settling.apply(tenant, ends.stream().map(end -> new Ended(end, null)).toList());
    }

    /** As the gateway does it, and waits until it is in the books. */
    void settle(Settlement settlement) {
        assertThat(journal.settle(settlement)).isTrue();
        waitUntil(() -> !journal.holds(settlement.attempt()));
    }

    void waitUntil(BooleanSupplier holds) {
        Instant latest = Instant.now().plusSeconds(15);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(latest);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** A UUIDv7 of the clock's time. */
    CallId newCall() {
        return callOf(clock.instant());
    }

    static CallId callOf(Instant at) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new CallId(new UUID(at.toEpochMilli() << 16 | 7L << 12 | random.nextInt(1 << 12), random.nextLong() >>> 2 | Long.MIN_VALUE));
    }

    static Settlement completed(Attempt attempt, long input, long output) {
        return new Settlement(attempt, 200, new Counts.Read(input, 0, 0, output), Payer.CALLER, Cause.COMPLETED, Duration.ofMillis(20), null);
    }

    /** A tenant with two projects, and a key of the first. */
    final class Tenant {

        static final EndpointId ENDPOINT = new EndpointId(new UUID(7, 7));

        private final TenantId id;
        private final ProjectId project;
        private final ProjectId otherProject;
        private final KeyId key;

        private Tenant(TenantId id, ProjectId project, ProjectId otherProject, KeyId key) {
            this.id = id;
            this.project = project;
            this.otherProject = otherProject;
            this.key = key;
        }

        TenantId id() {
            return id;
        }

        ProjectId project() {
            return project;
        }

        ProjectId otherProject() {
            return otherProject;
        }

        KeyId key() {
            return key;
        }

        void register(long version, String zone) {
            service.send(service.service(), "PUT", "/api/registry/tenants/" + id, """
                    {"version": %d, "name": "tenant-%s", "timeZone": "%s", "currency": "EUR",
                     "members": [{"id": "%s", "kind": "PERSON", "principal": "someone", "role": "MEMBER", "project": "%s"},
                                 {"id": "%s", "kind": "PERSON", "principal": "someone else", "role": "MEMBER", "project": "%s"}],
                     "projects": [{"id": "%s", "name": "vision"}, {"id": "%s", "name": "language"}]}"""
                    .formatted(version, id.toString().substring(0, 8), zone, UUID.randomUUID(), project, UUID.randomUUID(), otherProject, project, otherProject)).is(200);
        }

        /** So that limits can name it: a model that both projects call. */
        void publish(String model) {
            for (ProjectId each : List.of(project, otherProject)) {
                service.send(service.service(), "PUT", "/api/registry/tenants/" + id + "/routes/" + UUID.randomUUID(), """
                        {"version": 1, "project": "%s", "model": "%s", "shared": false, "address": "http://127.0.0.1:9", "engineKey": "engine-key-0123456789",
                         "engine": "vllm", "servedModel": "served", "tasks": ["CHAT"], "contextTokens": 32768, "maxOutputTokens": 4096,
                         "maxTokensPerByte": 1, "sku": "%s", "serving": true}""".formatted(each, model, SKU)).is(200);
            }
        }

        LimitId limit(Verdict.Level level, Meter meter, Window window, @Nullable Long amount) {
            return limit(level, meter, window, amount == null ? null : BigInteger.valueOf(amount));
        }

        LimitId limit(Verdict.Level level, Meter meter, Window window, @Nullable BigInteger amount) {
            return limit(level, meter, null, window, amount, true);
        }

        /** @param model the only one it counts; null: all */
        LimitId limit(Verdict.Level level, Meter meter, @Nullable String model, Window window, @Nullable BigInteger amount, boolean hard) {
            return limit(level, meter, model, window, amount, hard, null);
        }

        LimitId limit(
                Verdict.Level level, Meter meter, @Nullable String model, Window window, @Nullable BigInteger amount, boolean hard,
                @Nullable Integer softPercent) {
            LimitId limit = new LimitId(UUID.nameUUIDFromBytes((id + " " + level + meter + model + window).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            service.send(service.admin(), "PUT", path(limit), """
                    {"project": %s, "key": %s, "person": %s, "meter": "%s", "models": %s, "window": "%s", "amount": %s, "hard": %s, "softPercent": %s,
                     "reason": "for a test"}"""
                    .formatted(
                            level == Verdict.Level.TENANT ? null : "\"" + project + "\"", level == Verdict.Level.KEY ? "\"" + key + "\"" : null,
                            level == Verdict.Level.PERSON ? "\"someone\"" : null, meter, model == null ? null : "[\"" + model + "\"]", window, amount,
                            hard, softPercent)).is(200);
            return limit;
        }

        void remove(LimitId limit) {
            service.send(service.admin(), "DELETE", path(limit), null).is(200);
        }

        private String path(LimitId limit) {
            return "/api/tenants/" + id + "/limits/" + limit;
        }

        Ask ask(long input, long output) {
            return ask(newCall(), 0, input, output);
        }

        Ask ask(CallId call, int attempt, long input, long output) {
            return ask(call, attempt, new Ask.Caller(id, project, key, null), true, input, output);
        }

        Ask byPerson(long input, long output) {
            return ask(newCall(), 0, new Ask.Caller(id, project, null, "someone"), true, input, output);
        }

        Ask inOtherProject(long input, long output) {
            return ask(newCall(), 0, new Ask.Caller(id, otherProject, null, "someone"), true, input, output);
        }

        Ask ask(CallId call, int attempt, Ask.Caller caller, boolean shared, long input, long output) {
            return ask(call, attempt, caller, SKU, shared, input, output);
        }

        Ask ask(CallId call, int attempt, Ask.Caller caller, String model, boolean shared, long input, long output) {
            Instant ts = Ask.timeOf(call);
            return new Ask(
                    call, attempt, ts, caller, new Ask.Target(ENDPOINT, model, SKU, shared, 32_768), new Ask.Bound(input, output),
                    CallPath.CHAT_COMPLETIONS, ts.plusSeconds(600));
        }

        Verdict admit(Ask ask) {
            return admission.admit(ask);
        }

        Attempt admitted(Ask ask) {
            assertThat(admission.admit(ask)).isInstanceOf(Verdict.Admitted.class);
            return ask.attempt();
        }

        Verdict.Refused refused(Ask ask) {
            Verdict verdict = admission.admit(ask);
            assertThat(verdict).isInstanceOf(Verdict.Refused.class);
            return (Verdict.Refused) verdict;
        }

        /** {@code settled/leased} of the limit in the period that contains the clock's time. */
        String use(LimitId limit) {
            return use(limit, clock.instant());
        }

        String use(LimitId limit, Instant at) {
            List<String> use = service.column("""
                    select settled || '/' || leased from quota.limit_period
                     where limit_id = '%s' and period_start <= '%s' and period_end > '%s'""".formatted(limit, at, at));
            return use.isEmpty() ? "not counted" : use.getFirst();
        }

        /** {@code column} of the attempts' rows, in the order of their calls. */
        List<String> usage(String column) {
            return service.column("select %s from quota.usage where tenant_id = '%s' order by call_id, attempt".formatted(column, id));
        }

        /** Of all quarter hours together. */
        List<String> rolledUp(String sums) {
            return service.column("select %s from quota.usage_rollup where tenant_id = '%s'".formatted(sums, id));
        }

        /** {@code account unit amount}, summed. */
        List<String> ledger() {
            return service.column("""
                    select account || ' ' || unit || ' ' || sum(amount) from quota.posting where tenant_id = '%s'
                     group by account, unit having sum(amount) <> 0 order by 1""".formatted(id));
        }

        List<String> losses() {
            return service.column("select call_id || ' ' || attempt || ' ' || cause from quota.entry where tenant_id = '%s' and kind = 'loss' order by 1".formatted(id));
        }
    }
}

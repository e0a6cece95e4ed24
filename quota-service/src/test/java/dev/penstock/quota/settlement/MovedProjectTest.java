package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.CallPath;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Two replicas of the real program that admit calls of a project from what they hold of limits, while the project moves to another tenant. */
@Timeout(120)
class MovedProjectTest {

    private static final Actor ACTOR = Actor.system("test");
    private static final Duration LATEST = Duration.ofSeconds(30);
    /** Within which each replica has learnt of a change, while the database is there. */
    private static final Duration LEARNT = Duration.ofSeconds(2);
    private static final int WORKERS = 8;
    private static final int INPUT = 100;
    private static final int OUTPUT = 50;

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final List<RunningService> REPLICAS = List.of(RunningService.pricedOn(DATABASE, of("first")), RunningService.on(DATABASE, of("second")));

    private final RunningService service = REPLICAS.getFirst();
    private final TestTenant from = TestTenant.register(service, "UTC");
    private final TestTenant to = TestTenant.register(service, "UTC");
    private final ProjectId project = from.project();
    private final UUID key = UUID.randomUUID();
    private final String secret = makeKey();
    private final Map<CallId, Long> produced = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Verdict> refused = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Attempt> ended = new ConcurrentLinkedQueue<>();

    private static String[] of(String replica) {
        return new String[] {"--penstock.admission.mode=allotments", "--penstock.admission.replica=" + replica, "--penstock.gateway.stop-time=300ms"};
    }

    @AfterAll
    static void stop() {
        REPLICAS.forEach(RunningService::stop);
    }

    @AfterEach
    void theBooksHoldTogether() {
        for (TestTenant tenant : List.of(from, to)) {
            assertThat(service.bean(Invariants.class).broken(ACTOR, tenant.id(), false)).isEmpty();
        }
    }

    @Test
    void everyCallIsBookedOnceInOneOfTheTwoAndNoneIsRefused(TestReporter reporter) throws Exception {
        limit(from, null, null, "TOKENS", "MONTH", 1_000_000_000);
        limit(from, project, null, "MONEY", "MONTH", 1_000_000_000_000_000L);
        limit(from, project, key, "REQUESTS", "LIFE", 1_000_000);
        limit(from, project, key, "CONCURRENCY", "NOW", 100);
        limit(to, null, null, "TOKENS", "DAY", 1_000_000_000);

        Instant moved = whileCalling(() -> {
            await().atMost(LATEST).until(() -> produced.size() > 200);
            Instant at = move(UUID.randomUUID());
            int before = produced.size();
            await().atMost(LATEST).until(() -> Instant.now().isAfter(at.plus(LEARNT.multipliedBy(2))) && produced.size() > before + 200);
            return at;
        }, true);

        assertThat(refused).as("both have room").isEmpty();
        Map<CallId, Long> booked = new ConcurrentHashMap<>();
        for (TestTenant tenant : List.of(from, to)) {
            service.column("select call_id || ' ' || (input + output) from quota.usage where tenant_id = '%s'".formatted(tenant.id())).forEach(row ->
                    assertThat(booked.put(CallId.of(row.split(" ")[0]), Long.valueOf(row.split(" ")[1]))).as("in one tenant").isNull());
        }
        assertThat(booked).isEqualTo(produced);
        reporter.publishEntry("booked", rows(from, "true") + " before, " + rows(to, "true") + " after; the last of the first "
                + service.column("select max(ts) - '%s' from quota.usage where tenant_id = '%s'".formatted(moved, from.id())));
        assertThat(rows(to, "ts < '%s'".formatted(moved.minusMillis(1)))).as("before the instant").isZero();
        assertThat(rows(from, "ts > '%s'".formatted(moved.plus(LEARNT)))).as("when everybody has learnt").isZero();
        assertThat(rows(from, "true")).isPositive();
        assertThat(rows(to, "true")).isPositive();
        assertThat(used(to, "TOKENS")).isEqualTo(sum(to, "input + output"));
        assertThat(used(to, "REQUESTS")).as("counted from nothing").isEqualTo(rows(to, "true"));
        assertThat(used(to, "MONEY")).isEqualTo(sum(to, "cost"));
        assertThat(used(from, "REQUESTS")).isEqualTo(rows(from, "true"));
        assertThat(used(from, "TOKENS")).isEqualTo(sum(from, "input + output"));
    }

    @Test
    void theLimitsThatGoWithItHoldFromTheFirstCallOn() throws Exception {
        int calls = 300;
        limit(from, project, null, "REQUESTS", "LIFE", calls);
        limit(from, project, key, "TOKENS", "MONTH", 1_000_000_000);

        whileCalling(() -> {
            await().atMost(LATEST).until(() -> produced.size() > calls / 3);
            Instant at = move(UUID.randomUUID());
            await().atMost(LATEST).until(() -> rows(to, "true") >= calls && !refused.isEmpty());
            return at;
        }, false);

        assertThat(rows(from, "true")).isLessThanOrEqualTo(calls);
        assertThat(rows(to, "true")).isEqualTo(calls);
        assertThat(rows(from, "true") + rows(to, "true")).isEqualTo(produced.size());
    }

    /** Both replicas have the new tenant's rules in memory, from before. */
    @Test
    void noCallIsAdmittedByRulesThatAreOlderThanTheMove() throws Exception {
        limit(from, project, null, "REQUESTS", "LIFE", 0);
        for (RunningService replica : REPLICAS) {
            assertThat(replica.bean(Admission.class).admit(ask(new Ask.Caller(to.id(), to.project(), null, to.owner())))).isInstanceOf(Verdict.Admitted.class);
        }
        whileCalling(() -> {
            await().atMost(LATEST).until(() -> refused.size() > 20);
            Instant at = move(UUID.randomUUID());
            await().atMost(LATEST).until(() -> Instant.now().isAfter(at.plus(LEARNT)));
            return at;
        }, false);
        assertThat(produced).isEmpty();
        assertThat(refused).allMatch(Verdict.Refused.class::isInstance);
    }

    /** @param full whether an answer but yes is worth noting: none should come */
    private Instant whileCalling(Callable<Instant> moving, boolean full) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                RunningService replica = REPLICAS.get(worker % REPLICAS.size());
                workers.add(threads.submit(() -> {
                    while (!over.get()) {
                        call(replica);
                        LockSupport.parkNanos(full ? 5_000_000 : 2_000_000);
                    }
                }));
            }
            Instant moved;
            try {
                moved = moving.call();
            } finally {
                over.set(true);
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            await().atMost(LATEST).until(() -> ended.stream().noneMatch(attempt -> REPLICAS.stream().anyMatch(replica -> replica.bean(Journal.class).holds(attempt))));
            return moved;
        }
    }

    private void call(RunningService replica) {
        Holder holder = replica.bean(Grants.class).byKey(secret).orElseThrow(() -> new AssertionError("the key opens nothing"));
        Ask ask = ask(new Ask.Caller(holder.tenant(), holder.project(), holder.key(), null));
        Verdict verdict = replica.bean(Admission.class).admit(ask);
        if (!(verdict instanceof Verdict.Admitted)) {
            refused.add(verdict);
            return;
        }
        long input = ThreadLocalRandom.current().nextLong(1, INPUT + 1);
        long output = ThreadLocalRandom.current().nextLong(1, OUTPUT + 1);
        produced.put(ask.call(), input + output);
        assertThat(replica.bean(Journal.class).settle(SpendBench.completed(ask.attempt(), input, output))).isTrue();
        ended.add(ask.attempt());
    }

    private static Ask ask(Ask.Caller caller) {
        CallId call = SpendBench.callOf(Instant.now());
        Ask.Target target = new Ask.Target(new EndpointId(new UUID(7, 7)), SpendBench.SKU, SpendBench.SKU, true, 32_768);
        Instant ts = Ask.timeOf(call);
        return new Ask(call, 0, ts, caller, target, new Ask.Bound(INPUT, OUTPUT), CallPath.CHAT_COMPLETIONS, ts.plusSeconds(600));
    }

    /** @return the instant, by the database's clock */
    private Instant move(UUID move) {
        service.send(service.service(), "PUT", "/api/registry/moves/" + move, """
                {"project": "%s", "from": "%s", "to": "%s",
                 "left": {"version": 2, "name": "%s", "timeZone": "UTC", "currency": "EUR", "projects": [], "members": []},
                 "joined": {"version": 2, "name": "%s", "timeZone": "UTC", "currency": "EUR", "projects": [{"id": "%s", "name": "vision"}], "members": []}}"""
                .formatted(project, from.id(), to.id(), from.name(), to.name(), project)).is(200);
        return Instant.parse(service.column("select to_char(moved_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from quota.project_move where id = '%s'"
                .formatted(move)).getFirst());
    }

    private String makeKey() {
        return service.send(service.issuer().person(from.owner()), "PUT", "/api/tenants/" + from.id() + "/projects/" + project + "/keys/" + key, "{\"name\": \"batch\"}")
                .is(200).body().path("secret").asString();
    }

    private void limit(TestTenant tenant, @Nullable ProjectId on, @Nullable UUID onKey, String meter, String window, long amount) {
        service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": %s, "key": %s, "meter": "%s", "window": "%s", "amount": %d, "reason": "for a test"}"""
                .formatted(on == null ? null : "\"" + on + "\"", onKey == null ? null : "\"" + onKey + "\"", meter, window, amount)).is(200);
    }

    private long rows(TestTenant tenant, String where) {
        return Long.parseLong(service.column("select count(*) from quota.usage where tenant_id = '%s' and %s".formatted(tenant.id(), where)).getFirst());
    }

    private long sum(TestTenant tenant, String what) {
        return Long.parseLong(service.column("select coalesce(sum(%s), 0)::bigint from quota.usage where tenant_id = '%s'".formatted(what, tenant.id())).getFirst());
    }

    private long used(TestTenant tenant, String meter) {
        return Long.parseLong(service.column("""
                select sum(p.settled)::bigint from quota.limit_period p join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id
                 where p.tenant_id = '%s' and r.meter = '%s'""".formatted(tenant.id(), meter)).getFirst());
    }
}

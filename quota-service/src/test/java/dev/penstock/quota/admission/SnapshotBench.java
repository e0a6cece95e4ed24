package dev.penstock.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Caller;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.measuring.Cost;
import dev.penstock.quota.measuring.Heap;
import dev.penstock.quota.measuring.Postgres;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What quota-service holds in memory of a large company, and what keeping it up to date costs: 150,000 members and keys. Not part of any build:
 * {@code ./penstock bench memory} plays it.
 */
class SnapshotBench {

    private static final int TENANTS = 300;
    private static final int PROJECTS = 3_000;
    private static final int MEMBERS = 150_000;
    private static final int KEYS = 150_000;
    /** One key in ten has a limit of its own. */
    private static final int LIMITED = 10;
    private static final int ROUTES = 600;
    private static final int CHANGES = 10;
    private static final int LOOKUPS = 200_000;
    private static final int CLASSES = 24;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Within it a tenant without calls is still taken for one that calls. */
    private static final Duration LATELY = Duration.ofSeconds(15);

    /** Ids follow from the number, so that each can be found again. */
    private static final String COMPANY = """
            set session_replication_role = replica;
            insert into quota.tenant (tenant_id, name, time_zone, currency, version)
            select md5('t' || t)::uuid, 'tenant ' || t, 'Europe/Berlin', 'EUR', 1 from generate_series(0, %1$d - 1) t;
            insert into quota.node (tenant_id, id, kind, name) select tenant_id, tenant_id, 'tenant', name from quota.tenant;
            insert into quota.project (tenant_id, id, name)
            select md5('t' || p %% %1$d)::uuid, md5('p' || p)::uuid, 'project ' || p from generate_series(0, %2$d - 1) p;
            insert into quota.node (tenant_id, id, parent_id, kind, name) select tenant_id, id, tenant_id, 'project', name from quota.project;
            insert into quota.member (tenant_id, id, kind, principal, role, project_id)
            select md5('t' || m %% %1$d)::uuid, md5('m' || m)::uuid, 'PERSON', md5('s' || m)::uuid, 'MEMBER', md5('p' || m %% %2$d)::uuid from generate_series(0, %3$d - 1) m;
            insert into quota.node (tenant_id, id, parent_id, kind, name)
            select md5('t' || k %% %1$d)::uuid, md5('k' || k)::uuid, md5('p' || k %% %2$d)::uuid, 'key', 'key ' || k from generate_series(0, %4$d - 1) k;
            insert into quota.api_key (tenant_id, id, project_id, name, public_id, pepper_version, hmac, created_by, created_at, expires_at)
            select md5('t' || k %% %1$d)::uuid, md5('k' || k)::uuid, md5('p' || k %% %2$d)::uuid, 'key ' || k, translate(left(md5('id' || k), 16), '0189', 'ghij'), 1,
                   sha256(k::text::bytea), md5('s' || k), now(), now() + interval '1 year'
              from generate_series(0, %4$d - 1) k;
            insert into quota.limit_rule (tenant_id, id, node_id, meter, "window", amount)
            select n.tenant_id, gen_random_uuid(), n.id, l.meter, 'MONTH', 1000000000000000000 from quota.node n join (values ('tenant', 'TOKENS'), ('tenant', 'MONEY'),
                   ('project', 'TOKENS'), ('project', 'MONEY'), ('key', 'TOKENS')) as l(kind, meter) using (kind)
             where kind <> 'key' or substr(n.name, 5)::int %% %5$d = 0;
            insert into quota.limit_period (tenant_id, limit_id, period_start, period_end, settled)
            select tenant_id, id, date_trunc('month', now(), 'Europe/Berlin'), date_trunc('month', now(), 'Europe/Berlin') + interval '32 days', 1 from quota.limit_rule;
            set session_replication_role = default;
            update quota.tenant set rules_version = 1;
            analyze quota.tenant, quota.node, quota.project, quota.member, quota.api_key, quota.limit_rule, quota.limit_period;
            insert into quota.change (kind, subject) values ('bench', 'bench')""".formatted(TENANTS, PROJECTS, MEMBERS, KEYS, LIMITED);

    @Test
    void ofALargeCompany() {
        try (TestDatabase database = TestDatabase.create()) {
            RunningService service = RunningService.pricedOn(database, "--penstock.admission.mode=allotments");
            Postgres postgres = new Postgres(service);
            TableCopy<?, ?> keys = service.context().getBean("keyCopy", TableCopy.class);
            TableCopy<?, ?> members = service.context().getBean("membershipCopy", TableCopy.class);
            TableCopy<?, ?> routes = service.context().getBean("routeCopy", TableCopy.class);
            quiet("nobody there", postgres, MINUTE);
            Heap empty = Heap.now();

            service.execute(COMPANY);
            publish(service);
            await(() -> keys.current().size() == KEYS && members.current().size() == TENANTS && routes.current().size() == ROUTES);
            Heap copied = Heap.now();
            said("live heap: %,d KB without, %,d KB with %,d members, %,d keys, %,d projects, %,d tenants, %,d routes", empty.kilobytes(), copied.kilobytes(), MEMBERS, KEYS, PROJECTS, TENANTS, ROUTES);
            copied.growthSince(empty, CLASSES).forEach(line -> said("  %s", line));

            quiet("nothing changes", postgres, MINUTE);

            RuleCopies rules = service.bean(RuleCopies.class);
            List<TenantId> tenants = members.current().keySet().stream().map(TenantId.class::cast).toList();
            Cost reading = Cost.of(postgres, () -> tenants.forEach(rules::read));
            Heap ruled = Heap.now();
            said("rules: %,d KB for %,d limits of %d tenants; read %s", ruled.kilobytes() - copied.kilobytes(), Long.parseLong(service.column("select count(*) from quota.limit_rule").getFirst()), TENANTS, reading);
            quiet("all tenants have called lately", postgres, LATELY);
            ruled.growthSince(copied, CLASSES / 2).forEach(line -> said("  %s", line));

            for (TableCopy<?, ?> copy : List.of(keys, members, routes)) {
                said("%s, all read: %s", copy.name(), Cost.of(postgres, copy::checkEverything));
            }
            changes(service, postgres, "a key is revoked", keys, number -> "update quota.api_key set revoked_at = now(), revoked_by = 'bench', version = version + 1 where public_id = '%s'"
                    .formatted(publicId(number)), SnapshotBench::publicId);
            changes(service, postgres, "a tenant is registered again", members, number -> "update quota.tenant set version = version + 1 where tenant_id = '%s'"
                    .formatted(md5("t", number)), number -> new TenantId(md5("t", number)));
            lookups(service.bean(Access.class));
            service.stop();
        }
    }

    private static void publish(RunningService service) {
        for (int route = 0; route < ROUTES; route++) {
            UUID tenant = md5("t", route % TENANTS);
            service.send(service.service(), "PUT", "/api/registry/tenants/" + tenant + "/routes/" + md5("r", route), """
                    {"version": 1, "project": "%s", "model": "model-%d", "shared": %b, "address": "http://127.0.0.1:9", "engineKey": "engine-key-0123456789",
                     "engine": "vllm", "servedModel": "served", "tasks": ["CHAT"], "contextTokens": 32768, "maxOutputTokens": 4096,
                     "maxTokensPerByte": 1, "sku": "%s", "serving": true}""".formatted(md5("p", route % TENANTS), route, route % 10 == 0, RunningService.SKU)).is(200);
        }
    }

    /** In a minute everything is read again once. */
    private static void quiet(String when, Postgres postgres, Duration time) {
        said("%s, %d s: %s", when, time.toSeconds(), Cost.of(postgres, () -> LockSupport.parkNanos(time.toNanos())));
    }

    private static void changes(
            RunningService service, Postgres postgres, String what, TableCopy<?, ?> copy, IntFunction<String> change,
            IntFunction<Object> thing) {
        List<Long> millis = new ArrayList<>();
        Cost cost = Cost.of(postgres, () -> {
            for (int number = 0; number < CHANGES; number++) {
                Object id = thing.apply(number);
                long version = version(copy, id);
                service.execute(change.apply(number) + "; insert into quota.change (kind, subject) values ('bench', 'bench')");
                long committed = System.nanoTime();
                await(() -> version(copy, id) > version);
                millis.add((System.nanoTime() - committed) / 1_000_000);
            }
        });
        said("%s, %d times: seen after %s ms; %s", what, CHANGES, millis, cost);
    }

    private static void lookups(Access access) {
        int people = 1_000;
        List<Caller> callers = IntStream.range(0, people).mapToObj(
                person -> new Caller(md5("s", person).toString(), "somebody", Set.of("everybody", "research"), Set.of(), Instant.MAX)).toList();
        List<ProjectId> projects = IntStream.range(0, people).mapToObj(person -> new ProjectId(md5("p", person))).toList();
        for (int round = 0; round < 3; round++) {
            long begin = System.nanoTime();
            int found = 0;
            for (int lookup = 0; lookup < LOOKUPS; lookup++) {
                found += access.membershipOf(callers.get(lookup % people), projects.get(lookup % people)).isPresent() ? 1 : 0;
            }
            said("whether a person is a member of a project: %.2f µs", (System.nanoTime() - begin) / 1e3 / LOOKUPS);
            assertThat(found).isEqualTo(LOOKUPS);
        }
    }

    private static long version(TableCopy<?, ?> copy, Object id) {
        return ((Versioned) Objects.requireNonNull(copy.current().get(id))).version();
    }

    private static String publicId(int number) {
        String id = hex("id" + number).substring(0, 16);
        return id.replace('0', 'g').replace('1', 'h').replace('8', 'i').replace('9', 'j');
    }

    private static UUID md5(String kind, int number) {
        String hex = hex(kind + number);
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    private static String hex(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier holds) {
        Instant latest = Instant.now().plusSeconds(60);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(latest);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void said(String format, Object... arguments) {
        System.out.println("memory: " + String.format(Locale.ROOT, format, arguments));
    }
}

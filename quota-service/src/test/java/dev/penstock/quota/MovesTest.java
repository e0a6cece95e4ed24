package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.frame.identity.AccessTokens;
import dev.penstock.frame.identity.Caller;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.apikey.KeyScope;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a project's keys, limits and people when quota-service is told that it moved. */
class MovesTest {

    private final RunningService service = RunningService.get();
    private final TestTenant from = TestTenant.register();
    private final TestTenant to = TestTenant.register();
    private final ProjectId project = from.project();

    @Test
    void aKeyKeepsItsSecretItsIdAndItsNameAndIsTheOtherTenants() {
        UUID key = UUID.randomUUID();
        String secret = makeKey(key, "batch");
        move(from, to, 2);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(secret).map(Holder::tenant).filter(to.id()::equals).isPresent());
        assertThat(holder(secret)).contains(new Holder(to.id(), project, new KeyId(key), null, null, KeyScope.ANY));
        assertThat(keysOf(from)).isEmpty();
        assertThat(keysOf(to)).containsExactly(key + " batch ACTIVE");
        assertThat(service.column("select name from quota.node where tenant_id = '%s' and id = '%s'".formatted(from.id(), key))).as("its past calls are told by its name")
                .containsExactly("batch");
    }

    /** What is forgotten on the way would open more than the key was made for. */
    @Test
    void aKeyKeepsWhatItIsForThereAndBack() {
        UUID key = UUID.randomUUID();
        String secret = service.send(service.issuer().person(from.owner()), "PUT", "/api/tenants/" + from.id() + "/projects/" + project + "/keys/" + key, """
                {"name": "narrow", "models": ["a"], "operations": ["CHAT"], "networks": ["10.2.0.0/16"], "purpose": "batch"}""").is(200).body().path("secret").asString();
        Holder before = holder(secret).orElseThrow();
        assertThat(before.scope()).isNotEqualTo(KeyScope.ANY);
        move(from, to, 2);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(secret).map(Holder::tenant).filter(to.id()::equals).isPresent());
        assertThat(holder(secret)).contains(new Holder(to.id(), project, new KeyId(key), null, before.models(), before.scope()));
        assertThat(service.column("select purpose from quota.api_key where tenant_id = '%s' and id = '%s'".formatted(to.id(), key))).containsExactly("batch");
        move(to, from, 3);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(secret).map(Holder::tenant).filter(from.id()::equals).isPresent());
        assertThat(holder(secret)).contains(before);
    }

    /** The row that stands where it comes back to has the secrets of then. */
    @Test
    void aKeyThatWasRotatedWhileItWasAwayComesBackWithTheSecretsItHasThen() {
        UUID key = UUID.randomUUID();
        String first = makeKey(key, "batch");
        String second = rotate(from, key, 3600);
        move(from, to, 2);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(second).map(Holder::tenant).filter(to.id()::equals).isPresent());
        assertThat(holder(first).map(Holder::tenant)).as("within its grace").contains(to.id());
        service.send(service.issuer().person(to.owner()), "POST", "/api/tenants/" + to.id() + "/keys/" + key + "/secrets/" + first.substring(0, 20) + "/end", null).is(200);
        String third = rotate(to, key, 0);
        String fourth = rotate(to, key, 3600);
        move(to, from, 3);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(fourth).map(Holder::tenant).filter(from.id()::equals).isPresent());
        Holder expected = new Holder(from.id(), project, new KeyId(key), null, null, KeyScope.ANY);
        assertThat(holder(fourth)).contains(expected);
        assertThat(holder(third)).as("within its grace").contains(expected);
        assertThat(holder(second)).as("was replaced at once").isEmpty();
        assertThat(holder(first)).as("was ended").isEmpty();
        assertThat(keysOf(from)).containsExactly(key + " batch ACTIVE");
        assertThat(keysOf(to)).isEmpty();
    }

    /** A secret that was ended while an older one went on. */
    @Test
    void aNewestSecretThatWasEndedStaysEndedOnTheWay() {
        UUID key = UUID.randomUUID();
        String first = makeKey(key, "batch");
        move(from, to, 2);
        String second = rotate(to, key, 3600);
        service.send(service.issuer().person(to.owner()), "POST", "/api/tenants/" + to.id() + "/keys/" + key + "/secrets/" + second.substring(0, 20) + "/end", null).is(200);
        move(to, from, 3);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(first).map(Holder::tenant).filter(from.id()::equals).isPresent());
        assertThat(holder(first)).contains(new Holder(from.id(), project, new KeyId(key), null, null, KeyScope.ANY));
        assertThat(holder(second)).isEmpty();
    }

    @Test
    void aKeyThatWasRevokedStaysWhereItWas() {
        UUID key = UUID.randomUUID();
        String secret = makeKey(key, "leaked");
        revoke(from, key).is(200);
        move(from, to, 2);
        assertThat(keysOf(from)).containsExactly(key + " leaked REVOKED");
        assertThat(keysOf(to)).isEmpty();
        assertThat(holder(secret)).isEmpty();
    }

    @Test
    void theOldTenantCannotRevokeItTheNewOneCan() {
        UUID key = UUID.randomUUID();
        String secret = makeKey(key, "batch");
        move(from, to, 2);
        revoke(from, key).is(404);
        revoke(to, key).is(200);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(secret).isEmpty());
    }

    @Test
    void anIdThatTheNewTenantUsesIsLeftToItAndTheKeyGetsAnother() {
        UUID key = UUID.randomUUID();
        String secret = makeKey(key, "batch");
        service.send(service.issuer().person(to.owner()), "PUT", "/api/tenants/" + to.id() + "/projects/" + to.project() + "/keys/" + key, "{\"name\": \"theirs\"}").is(200);
        move(from, to, 2);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(secret).map(Holder::tenant).filter(to.id()::equals).isPresent());
        assertThat(holder(secret).orElseThrow().key()).isNotEqualTo(new KeyId(key));
        assertThat(keysOf(to)).contains(key + " theirs ACTIVE").hasSize(2);
    }

    @Test
    void limitsOfTheProjectItsPeopleAndKeysGoAsTheyAreAndThoseOfTheTenantStay() {
        UUID key = UUID.randomUUID();
        makeKey(key, "batch");
        limit(from, null, null, null, "MONEY", "MONTH", 900);
        limit(from, project, null, null, "TOKENS", "MONTH", 800);
        limit(from, project, key, null, "REQUESTS", "MINUTE", 70);
        limit(from, project, null, from.owner(), "TOKENS", "DAY", 60);
        limit(from, from.otherProject(), null, null, "TOKENS", "DAY", 50);
        List<String> before = limits(from);
        move(from, to, 2);
        assertThat(limits(to)).containsExactly("key batch REQUESTS MINUTE 70", "project vision TOKENS MONTH 800", "user " + from.owner() + " TOKENS DAY 60");
        assertThat(limits(from)).as("the past is not rewritten").isEqualTo(before);
        assertThat(service.column("select count(*) from quota.limit_rule a join quota.limit_rule b on a.id = b.id and a.tenant_id <> b.tenant_id where a.tenant_id = '%s'"
                .formatted(from.id()))).containsExactly("0");
    }

    @Test
    void itIsDoneOnceHoweverOftenItIsToldAndWhatIsOlderChangesNothing() {
        makeKey(UUID.randomUUID(), "batch");
        limit(from, project, null, null, "TOKENS", "MONTH", 800);
        UUID move = UUID.randomUUID();
        move(move, from, to, 2).is(200);
        List<String> keys = keysOf(to);
        service.execute("update quota.limit_rule set amount = 700 where tenant_id = '%s'".formatted(to.id()));
        move(move, from, to, 2).is(200);
        from.registerAs(1, "UTC").is(200);
        to.registerAs(1, "UTC").is(200);
        assertThat(keysOf(to)).isEqualTo(keys);
        assertThat(limits(to)).containsExactly("project vision TOKENS MONTH 700");
        assertThat(registered(from)).doesNotContain(project.toString());
        assertThat(registered(to)).contains(project.toString());
        assertThat(from.trail()).containsOnlyOnce("project.leave done");
        assertThat(to.trail()).containsOnlyOnce("project.join done");
        assertThat(service.column("select direction from quota.project_move where id = '%s' order by 1".formatted(move))).containsExactly("came", "left");
    }

    @Test
    void itComesBackWithItsKeysAndTheLimitsItHasThen() {
        UUID key = UUID.randomUUID();
        String secret = makeKey(key, "batch");
        limit(from, project, null, null, "TOKENS", "MONTH", 800);
        limit(from, project, null, null, "TOKENS", "DAY", 80);
        move(from, to, 2);
        service.execute("delete from quota.limit_rule where tenant_id = '%s' and \"window\" = 'DAY'".formatted(to.id()));
        service.execute("update quota.limit_rule set amount = 700 where tenant_id = '%s'".formatted(to.id()));
        move(to, from, 3);
        await().atMost(Duration.ofSeconds(2)).until(() -> holder(secret).map(Holder::tenant).filter(from.id()::equals).isPresent());
        assertThat(keysOf(from)).containsExactly(key + " batch ACTIVE");
        assertThat(keysOf(to)).isEmpty();
        assertThat(limits(from)).containsExactly("project vision TOKENS MONTH 700");
    }

    /** Who declares a class answers for it in a tenant; nobody does where the project comes to, nor when it is back. */
    @Test
    void aClassOfDataEndsWithEveryMove() {
        declare(from, 1, "PUBLIC");
        assertThat(classOf(from)).contains(DataClass.PUBLIC);
        move(from, to, 2);
        assertThat(declared(to)).isEqualTo("0");
        declare(to, 1, "INTERNAL");
        move(to, from, 3);
        assertThat(declared(from)).isEqualTo("2");
        await().atMost(Duration.ofSeconds(2)).until(() -> classOf(from).isEmpty() && classOf(to).isEmpty());
        declare(from, 3, "CONFIDENTIAL");
        assertThat(classOf(from)).contains(DataClass.CONFIDENTIAL);
        assertThat(service.column("select coalesce(data_class, 'ended: ' || reason) from quota.data_class where tenant_id = '%s' order by version".formatted(from.id())))
                .containsExactly("PUBLIC", "ended: The project moved.", "CONFIDENTIAL");
    }

    /** Of those that left before moves ended anything. */
    @Test
    void aClassThatWaitsWhereAProjectComesBackToEndsToo() {
        declare(from, 1, "PUBLIC");
        move(from, to, 2);
        service.execute("delete from quota.data_class where tenant_id = '%s' and version = 2".formatted(from.id()));
        move(to, from, 3);
        assertThat(declared(from)).isEqualTo("2");
    }

    @Test
    void peopleCallForItAsMembersOfTheNewTenant() {
        Caller ofProject = caller("mia", from.memberGroup());
        Caller ofOldTenant = caller(from.owner());
        Caller ofNewTenant = caller(to.owner());
        assertThat(tenantOf(ofProject)).contains(from.id());
        assertThat(tenantOf(ofNewTenant)).isEmpty();
        move(from, to, 2);
        assertThat(tenantOf(ofProject)).contains(to.id());
        assertThat(tenantOf(ofNewTenant)).contains(to.id());
        assertThat(tenantOf(ofOldTenant)).isEmpty();
    }

    @Test
    void aKeyIsNotMadeForAProjectThatIsGoneWhateverMemorySays() {
        service.execute("update quota.project set vanished = true where tenant_id = '%s' and id = '%s'".formatted(from.id(), project));
        service.send(service.issuer().person(from.owner()), "PUT", "/api/tenants/" + from.id() + "/projects/" + project + "/keys/" + UUID.randomUUID(),
                "{\"name\": \"late\"}").isProblem(404, "not_found");
    }

    @Test
    void oneThatWasNeverToldOfWhereItLeftIsJustNew() {
        ProjectId unknown = new ProjectId(UUID.randomUUID());
        UUID move = UUID.randomUUID();
        service.send(service.service(), "PUT", "/api/registry/moves/" + move, body(from, to, 2).replace(project.toString(), unknown.toString())).is(200);
        assertThat(registered(to)).containsExactly(unknown.toString());
        assertThat(to.trail()).containsOnlyOnce("project.join done");
    }

    @Test
    void documentsThatDoNotSayWhatTheMoveSaysAreRefused() {
        service.send(service.service(), "PUT", "/api/registry/moves/" + UUID.randomUUID(), body(from, to, 2).replace("\"projects\": []", "\"projects\": [{\"id\": \"%s\", \"name\": \"vision\"}]"
                .formatted(project))).isProblem(400, "invalid_input");
        service.send(service.service(), "PUT", "/api/registry/moves/" + UUID.randomUUID(), body(from, from, 2)).isProblem(400, "invalid_input");
        assertThat(registered(from)).contains(project.toString());
    }

    private void move(TestTenant left, TestTenant joined, long version) {
        move(UUID.randomUUID(), left, joined, version).is(200);
    }

    private Answer move(UUID move, TestTenant left, TestTenant joined, long version) {
        return service.send(service.service(), "PUT", "/api/registry/moves/" + move, body(left, joined, version));
    }

    private String body(TestTenant left, TestTenant joined, long version) {
        return """
                {"project": "%1$s", "from": "%2$s", "to": "%3$s",
                 "left": {"version": %6$d, "name": "%4$s", "timeZone": "UTC", "currency": "EUR", "projects": [],
                          "members": [{"id": "%8$s", "kind": "PERSON", "principal": "%9$s", "role": "OWNER", "project": null}]},
                 "joined": {"version": %6$d, "name": "%5$s", "timeZone": "UTC", "currency": "EUR", "projects": [{"id": "%1$s", "name": "vision"}],
                            "members": [{"id": "%10$s", "kind": "GROUP", "principal": "%7$s", "role": "MEMBER", "project": "%1$s"},
                                        {"id": "%8$s", "kind": "PERSON", "principal": "%11$s", "role": "OWNER", "project": null}]}}"""
                .formatted(
                        project, left.id(), joined.id(), left.name(), joined.name(), version, from.memberGroup(), UUID.randomUUID(), left.owner(), UUID.randomUUID(),
                        joined.owner());
    }

    private void declare(TestTenant tenant, int version, String dataClass) {
        service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/projects/" + project + "/data-class/" + version,
                "{\"dataClass\": \"" + dataClass + "\", \"reason\": \"for a test\"}").is(200);
    }

    /** Version and class, as the tenant reads it. */
    private String declared(TestTenant tenant) {
        return service.send(service.issuer().person(tenant.owner()), "GET", "/api/tenants/" + tenant.id() + "/data-classes", null).is(200).body().valueStream()
                .filter(view -> view.path("project").asString().equals(project.toString()))
                .map(view -> (view.path("version").asString() + " " + view.path("dataClass").asString("")).strip()).findFirst().orElseThrow();
    }

    /** As calls are judged by it. */
    private Optional<DataClass> classOf(TestTenant tenant) {
        return service.bean(Upstreams.class).classOf(tenant.id(), project);
    }

    private String makeKey(UUID key, String name) {
        return service.send(service.issuer().person(from.owner()), "PUT", "/api/tenants/" + from.id() + "/projects/" + project + "/keys/" + key, "{\"name\": \"%s\"}".formatted(name))
                .is(200).body().path("secret").asString();
    }

    /** @return the new secret */
    private String rotate(TestTenant tenant, UUID key, long graceSeconds) {
        return service.send(service.issuer().person(tenant.owner()), "POST", "/api/tenants/" + tenant.id() + "/keys/" + key + "/rotate",
                "{\"graceSeconds\": " + graceSeconds + "}").is(200).body().path("secret").asString();
    }

    private Answer revoke(TestTenant tenant, UUID key) {
        return service.send(service.issuer().person(tenant.owner()), "POST", "/api/tenants/" + tenant.id() + "/keys/" + key + "/revoke", null);
    }

    private Optional<Holder> holder(String secret) {
        return service.bean(Grants.class).byKey(secret);
    }

    private Caller caller(String subject, String... groups) {
        return service.bean(AccessTokens.class).verify(service.issuer().person(subject, groups)).orElseThrow();
    }

    private Optional<TenantId> tenantOf(Caller caller) {
        return service.bean(Access.class).membershipOf(caller, project);
    }

    private List<String> keysOf(TestTenant tenant) {
        return service.send(service.admin(), "GET", "/api/keys?tenant=" + tenant.id(), null).is(200).body().valueStream()
                .map(key -> key.path("id").asString() + " " + key.path("name").asString() + " " + key.path("state").asString()).toList();
    }

    private void limit(TestTenant tenant, @Nullable ProjectId on, @Nullable UUID key, @Nullable String person, String meter, String window, long amount) {
        service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": %s, "key": %s, "person": %s, "meter": "%s", "window": "%s", "amount": %d, "reason": "for a test"}"""
                .formatted(quoted(on), quoted(key), quoted(person), meter, window, amount)).is(200);
    }

    private List<String> limits(TestTenant tenant) {
        return service.column("""
                select n.kind || ' ' || n.name || ' ' || r.meter || ' ' || r."window" || ' ' || r.amount
                  from quota.limit_rule r join quota.node n on n.tenant_id = r.tenant_id and n.id = r.node_id where r.tenant_id = '%s' order by 1""".formatted(tenant.id()));
    }

    private List<String> registered(TestTenant tenant) {
        return service.column("select id from quota.project where tenant_id = '%s' and not vanished".formatted(tenant.id()));
    }

    private static String quoted(@Nullable Object value) {
        return value == null ? "null" : "\"" + value + "\"";
    }
}

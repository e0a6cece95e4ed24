package dev.penstock.quota.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing and withdrawing routes over HTTP, in every order. */
class RoutesHttpTest {

    private static final RunningService SERVICE = RunningService.get();
    private static TestTenant tenant;

    @BeforeAll
    static void register() {
        tenant = TestTenant.register();
    }

    @Test
    void theLatestVersionCountsWheneverItComes() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        publish(endpoint, 2, "vision/two", "http://10.0.0.2:8000").is(200);
        publish(endpoint, 1, "vision/one", "http://10.0.0.1:8000").is(200);
        publish(endpoint, 2, "vision/late", "http://10.0.0.9:8000").is(200);
        assertThat(found("vision/two")).isTrue();
        assertThat(found("vision/one")).isFalse();
        publish(endpoint, 3, "vision/three", "http://10.0.0.3:8000").is(200);
        assertThat(found("vision/two")).isFalse();
        assertThat(SERVICE.bean(Routes.class).find(tenant.id(), tenant.project(), "vision/three").orElseThrow().address()).hasToString("http://10.0.0.3:8000");
    }

    /** Ids are made by clients: nobody may take another's away, or stop everybody, by using it. */
    @Test
    void twoTenantsMayUseTheSameId() {
        TestTenant other = TestTenant.register();
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        publish(endpoint, 1, "vision/twice", "http://10.0.0.1:8000").is(200);
        publish(other, endpoint, 1, "vision/twice", "http://10.0.0.2:8000").is(200);
        Routes routes = SERVICE.bean(Routes.class);
        assertThat(routes.find(tenant.id(), tenant.project(), "vision/twice").orElseThrow().address()).hasToString("http://10.0.0.1:8000");
        assertThat(routes.find(other.id(), other.project(), "vision/twice").orElseThrow().address()).hasToString("http://10.0.0.2:8000");
    }

    @Test
    void aPublicationAfterTheWithdrawalStaysWithoutEffect() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        withdraw(endpoint, 5).is(200);
        publish(endpoint, 9, "vision/gone", "http://10.0.0.1:8000").is(200);
        withdraw(endpoint, 6).is(200);
        assertThat(found("vision/gone")).isFalse();
        assertThat(SERVICE.column("select count(*) from audit.entry where action = 'route.withdraw' and subject_id = '" + endpoint + "'")).containsExactly("1");
    }

    @Test
    void withdrawingForgetsWhatOpensTheEngine() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        publish(endpoint, 1, "vision/short", "http://10.0.0.1:8000").is(200);
        withdraw(endpoint, 2).is(200);
        assertThat(SERVICE.column("select engine_key is null and address is null from quota.route where endpoint_id = '" + endpoint + "'")).containsExactly("t");
        assertThat(found("vision/short")).isFalse();
    }

    @Test
    void theEnginesKeyIsOnlyReadWhereItIsUsed() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        publish(endpoint, 1, "vision/secret", "http://10.0.0.1:8000").is(200);
        assertThat(SERVICE.column("select encode(engine_key, 'escape') from quota.route where endpoint_id = '" + endpoint + "'").getFirst()).doesNotContain("engine-key");
        Route route = SERVICE.bean(Routes.class).find(tenant.id(), tenant.project(), "vision/secret").orElseThrow();
        assertThat(route.engineKey()).isEqualTo("engine-key");
        assertThat(route.toString()).doesNotContain("engine-key");
        assertThat(SERVICE.column("select coalesce(after::text, '') from audit.entry where subject_id = '" + endpoint + "'").getFirst()).doesNotContain("engine-key").contains("10.0.0.1");
    }

    /** Whoever writes to the table directly cannot make one endpoint's key open another: the route is not used at all. */
    @Test
    void aKeyMovedToAnotherEndpointOpensNothing() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        EndpointId other = new EndpointId(UUID.randomUUID());
        publish(endpoint, 1, "vision/mine", "http://10.0.0.1:8000").is(200);
        publish(other, 1, "vision/theirs", "http://10.0.0.1:8000").is(200);
        SERVICE.column("update quota.route set version = 2, engine_key = (select engine_key from quota.route where endpoint_id = '" + endpoint + "') where endpoint_id = '" + other + "' returning version");
        await().atMost(Duration.ofSeconds(3)).until(() -> SERVICE.bean(Routes.class).find(tenant.id(), tenant.project(), "vision/theirs").orElseThrow().engineKey() == null);
    }

    @Test
    void twoEndpointsOfAProjectHaveTwoNames() {
        publish(new EndpointId(UUID.randomUUID()), 1, "vision/same", "http://10.0.0.1:8000").is(200);
        publish(new EndpointId(UUID.randomUUID()), 1, "vision/same", "http://10.0.0.2:8000").isProblem(409, "name_taken");
    }

    @Test
    void aProjectThatIsNotThereHasNoRoutes() {
        SERVICE.send(SERVICE.service(), "PUT", path(tenant, new EndpointId(UUID.randomUUID())), body(tenant, 1, "x/y", "http://10.0.0.1:8000").replace(tenant.project().toString(), UUID.randomUUID().toString()))
                .isProblem(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://10.0.0.1:8000", "http://user:word@10.0.0.1:8000", "http://10.0.0.1:8000/v1", "http://10.0.0.1:8000?a=b", "http://169.254.169.254", "10.0.0.1:8000", "'http://[fe80::1]:80'",
        "'http://10.0.0.1 :8000'"
    })
    void anAddressIsHostAndPortAndNothingElse(String address) {
        publish(new EndpointId(UUID.randomUUID()), 1, "vision/x", address).isProblem(400, "invalid_input");
    }

    private static boolean found(String model) {
        return SERVICE.bean(Routes.class).find(tenant.id(), tenant.project(), model).isPresent();
    }

    private static Answer publish(EndpointId endpoint, long version, String model, String address) {
        return publish(tenant, endpoint, version, model, address);
    }

    private static Answer publish(TestTenant owner, EndpointId endpoint, long version, String model, String address) {
        return SERVICE.send(SERVICE.service(), "PUT", path(owner, endpoint), body(owner, version, model, address));
    }

    private static Answer withdraw(EndpointId endpoint, long version) {
        return SERVICE.send(SERVICE.service(), "DELETE", path(tenant, endpoint) + "?version=" + version, null);
    }

    private static String path(TestTenant owner, EndpointId endpoint) {
        return "/api/registry/tenants/" + owner.id() + "/routes/" + endpoint;
    }

    private static String body(TestTenant owner, long version, String model, String address) {
        return """
                {"version": %d, "project": "%s", "model": "%s", "shared": false, "address": "%s", "engineKey": "engine-key", "engine": "vllm", "servedModel": "m",
                 "tasks": ["CHAT"], "contextTokens": 4096, "maxOutputTokens": 1024, "maxTokensPerByte": null, "sku": "s", "serving": true}"""
                .formatted(version, owner.project(), model, address);
    }
}

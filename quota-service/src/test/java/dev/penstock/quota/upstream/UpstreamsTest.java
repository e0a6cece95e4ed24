package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Upstreams and classes of data over HTTP: made version by version, on record, and keys that nobody reads again. */
class UpstreamsTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final String ADDRESS = "http://127.0.0.1:9/v1";
    private static final String KEY = "provider-key-" + UUID.randomUUID();
    private static final String OTHER = "provider-key-" + UUID.randomUUID();

    private final String name = "made-" + UUID.randomUUID();
    private final String model = "\"" + name + "/m\"";
    private int last;

    @AfterEach
    void withdraw() {
        if (last > 0) {
            make(last + 1, ADDRESS, "null", "").is(200);
        }
    }

    private Answer make(int version, String address, String key, String model) {
        String models = model.isEmpty() ? "" : """
                {"name": %s, "servedModel": "m", "tasks": ["CHAT"], "contextTokens": 100, "maxOutputTokens": 50, "maxTokensPerByte": 1, "sku": "s"}""".formatted(model);
        Answer answer = SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/" + version, """
                {"address": "%s", "providerKey": %s, "takes": "INTERNAL", "mostUnderWay": 7, "models": [%s], "reason": "for a test"}""".formatted(address, key, models));
        last = answer.status() == 200 && !model.isEmpty() ? version : last;
        return answer;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private JsonNode listed() {
        return SERVICE.send(SERVICE.admin(), "GET", "/api/upstreams", null).is(200).body().valueStream()
                .filter(upstream -> upstream.path("name").asString().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void versionsFollowEachOtherAndAreOnRecord() {
        JsonNode made = make(1, ADDRESS, quoted(KEY), model).is(200).body();
        assertThat(made.path("address").asString()).isEqualTo(ADDRESS);
        assertThat(made.path("takes").asString()).isEqualTo("INTERNAL");
        assertThat(made.path("reachedAt").valueStream().map(JsonNode::asString)).containsExactly("127.0.0.1");
        make(1, ADDRESS, quoted(KEY), model).is(200);
        make(3, ADDRESS, "null", model).isProblem(409, "changed_meanwhile");
        make(2, "http://127.0.0.1:9/other", "null", model).is(200);
        assertThat(listed().path("version").asInt()).isEqualTo(2);
        assertThat(SERVICE.column("select outcome || ' ' || split_part(reason, ':', 1) from audit.entry where action = 'upstream.make' and subject_id = '" + name + "'"))
                .containsExactlyInAnyOrder("done for a test", "done for a test", "refused changed_meanwhile");
    }

    @Test
    void aKeyIsNeverToldAndLiesEncryptedUntilItIsWithdrawn() {
        JsonNode made = make(1, ADDRESS, quoted(KEY), model).is(200).body();
        assertThat(made.toString()).doesNotContain(KEY);
        assertThat(listed().toString()).doesNotContain(KEY);
        assertThat(SERVICE.column("select before::text || after::text from audit.entry where subject_id = '" + name + "'")).noneMatch(text -> text != null && text.contains(KEY));
        assertThat(SERVICE.column("select position(convert_to('" + KEY + "', 'UTF8') in sealed) from quota.upstream_key where upstream = '" + name + "'")).containsExactly("0");
        assertThat(SERVICE.bean(Upstreams.class).all().get(name).key()).isEqualTo(KEY);
        assertThat(SERVICE.bean(Upstreams.class).all().get(name).toString()).doesNotContain(KEY);
        make(2, ADDRESS, "null", "").is(200);
        assertThat(SERVICE.column("select upstream from quota.upstream_key where upstream = '" + name + "'")).isEmpty();
        make(3, ADDRESS, "null", model).isProblem(400, "invalid_input");
        last = 0;
    }

    /** Otherwise whoever may change an address would have the key sent to a server of theirs. */
    @Test
    void aKeyStaysWithTheServerItWasGivenFor() {
        make(1, ADDRESS, quoted(KEY), model).is(200);
        assertThat(make(2, "http://127.0.0.1:10/v1", "null", model).isProblem(400, "invalid_input").body().path("detail").asString()).startsWith("providerKey: ");
        make(2, "http://127.0.0.1:10/v1", quoted("another"), model).is(200);
        assertThat(SERVICE.bean(Upstreams.class).all().get(name).key()).isEqualTo("another");
    }

    /** Who replaces a key that leaked must not be told that it was done when nothing was. */
    @Test
    void theSameAgainWithAnotherKeyIsRefusedAndOnRecord() {
        make(1, ADDRESS, quoted(KEY), model).is(200);
        assertThat(make(1, ADDRESS, quoted(OTHER), model).isProblem(409, "exists_but_different").body().toString()).doesNotContain(OTHER, KEY);
        assertThat(SERVICE.bean(Upstreams.class).all().get(name).key()).isEqualTo(KEY);
        make(1, ADDRESS, quoted(KEY), model).is(200);
        make(1, ADDRESS, "null", model).is(200);
        make(2, ADDRESS, quoted(OTHER), model).is(200);
        make(2, ADDRESS, quoted(OTHER), model).is(200);
        make(1, ADDRESS, quoted(KEY), model).isProblem(409, "exists_but_different");
        assertThat(SERVICE.bean(Upstreams.class).all().get(name).key()).isEqualTo(OTHER);
        assertThat(SERVICE.column("select split_part(reason, ':', 1) from audit.entry where subject_id = '" + name + "' and outcome = 'refused'"))
                .containsExactly("exists_but_different", "exists_but_different");
    }

    @Test
    void oneModelIsOneUpstreams() {
        make(1, ADDRESS, quoted(KEY), model).is(200);
        Answer second = SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/b-" + name.substring(2) + "/1", """
                {"address": "%s", "providerKey": "k", "takes": "PUBLIC", "mostUnderWay": 1, "models": [
                 {"name": %s, "servedModel": "m", "tasks": ["CHAT"], "contextTokens": 100, "maxOutputTokens": 50, "sku": "s"}]}""".formatted(ADDRESS, model));
        second.isProblem(409, "name_taken");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.2:8000/v1, 127.0.0.2 is not an address of the public Internet",
        "'http://[::1]:8000/v1', 0:0:0:0:0:0:0:1 is not an address of the public Internet",
        "http://169.254.169.254/latest, 169.254.169.254 is not an address of the public Internet",
        "https://10.0.0.1/v1, 10.0.0.1 is not an address of the public Internet",
        "'https://[::ffff:169.254.169.254]/v1', 169.254.169.254 is not an address of the public Internet",
        "http://1.1.1.1/v1, without TLS calls go to networks in penstock.upstreams.allowed-networks alone",
        "https://0x7f.1/v1, must have a host",
        "https://2130706433/v1, has a host that is neither a name nor an address",
        "https://127.1/v1, must have a host",
        "https://no-such-host.invalid/v1, no-such-host.invalid cannot be looked up now"})
    void anAddressThatCallsMayNotGoToIsRefused(String address, String why) {
        assertThat(make(1, address, quoted(KEY), model).isProblem(400, "invalid_input").body().path("detail").asString()).startsWith("address: ").contains(why).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"takes\": \"PUBLIC\", \"mostUnderWay\": 0, \"models\": []|mostUnderWay",
        "\"takes\": null, \"mostUnderWay\": 1, \"models\": []|takes",
        "\"takes\": \"PUBLIC\", \"mostUnderWay\": 1, \"models\": [null]|models",
        "\"takes\": \"PUBLIC\", \"mostUnderWay\": 1, \"providerKey\": \"a b\", \"models\": []|providerKey",
        "\"takes\": \"PUBLIC\", \"mostUnderWay\": 1, \"models\": [{\"name\": \"m\", \"servedModel\": \"m\", \"tasks\": [\"CHAT\"], \"contextTokens\": 1, \"maxOutputTokens\": 2, \"sku\": \"s\"}]|longest answer",
        "\"takes\": \"PUBLIC\", \"mostUnderWay\": 1, \"models\": [{\"name\": \"m\", \"servedModel\": \"m\", \"tasks\": [], \"contextTokens\": 1, \"maxOutputTokens\": 1, \"sku\": \"s\"}]|tasks"})
    void whatDoesNotHoldTogetherIsRefused(String further, String about) {
        Answer answer = SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/1", "{\"address\": \"" + ADDRESS + "\", " + further + "}");
        assertThat(answer.isProblem(400, "invalid_input").body().toString()).contains(about);
    }

    /** The trail has what it was and what it is. */
    @Test
    void aDialectAndAClassOfASingleModelAreOfTheVersion() {
        make(1, ADDRESS, quoted(KEY), model).is(200);
        String spec = """
                {"address": "%s", "dialect": "ANTHROPIC", "takes": "INTERNAL", "mostUnderWay": 7, "models": [
                 {"name": %s, "servedModel": "m", "tasks": ["CHAT"], "contextTokens": 100, "maxOutputTokens": 50, "maxTokensPerByte": 1, "sku": "s", "takes": "PUBLIC"}]}""";
        JsonNode made = SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/2", spec.formatted(ADDRESS, model)).is(200).body();
        last = 2;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/2", spec.formatted(ADDRESS, model)).is(200);
        SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/2", spec.replace("ANTHROPIC", "OPENAI").formatted(ADDRESS, model)).isProblem(409, "changed_meanwhile");
        assertThat(made.path("dialect").asString() + " " + made.at("/models/0/takes").asString() + " " + made.at("/models/0/limitField").asString()).isEqualTo("ANTHROPIC PUBLIC MAX_TOKENS");
        assertThat(listed().path("dialect").asString() + " " + listed().at("/models/0/takes").asString()).isEqualTo("ANTHROPIC PUBLIC");
        assertThat(SERVICE.column("select concat_ws(' ', before->>'dialect', after->>'dialect', after->'models'->0->>'takes') from audit.entry where subject_id = '" + name
                + "' and action = 'upstream.make' and outcome = 'done' order by id")).containsExactly("OPENAI", "OPENAI ANTHROPIC PUBLIC");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OPENAI|\"tasks\": [\"CHAT\"], \"takes\": \"CONFIDENTIAL\"|may not be given more than its upstream",
        "ANTHROPIC|\"tasks\": [\"CHAT\", \"EMBEDDINGS\"]|can be for chat alone",
        "ANTHROPIC|\"tasks\": [\"CHAT\"], \"limitField\": \"MAX_COMPLETION_TOKENS\"|is told in max_tokens"})
    void whatADialectDoesNotKnowIsRefused(String dialect, String further, String about) {
        Answer answer = SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/1", """
                {"address": "%s", "dialect": "%s", "providerKey": "k", "takes": "INTERNAL", "mostUnderWay": 1, "models": [
                 {"name": "m", "servedModel": "m", "contextTokens": 100, "maxOutputTokens": 50, "sku": "s", %s}]}""".formatted(ADDRESS, dialect, further));
        assertThat(answer.isProblem(400, "invalid_input").body().toString()).contains(about);
    }

    @Test
    void classesAreDeclaredVersionByVersionAndSeenByMembers() {
        TestTenant tenant = TestTenant.register();
        String path = "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/data-class/";
        JsonNode before = declared(tenant).getFirst();
        assertThat(before.path("version").asInt()).isZero();
        assertThat(before.path("dataClass").isNull()).isTrue();
        SERVICE.send(SERVICE.admin(), "PUT", path + 1, "{\"dataClass\": \"PUBLIC\", \"reason\": \"open data\"}").is(200);
        SERVICE.send(SERVICE.admin(), "PUT", path + 1, "{\"dataClass\": \"PUBLIC\", \"reason\": \"open data\"}").is(200);
        SERVICE.send(SERVICE.admin(), "PUT", path + 1, "{\"dataClass\": \"RESTRICTED\", \"reason\": \"no\"}").isProblem(409, "changed_meanwhile");
        SERVICE.send(SERVICE.admin(), "PUT", path + 2, "{\"dataClass\": \"RESTRICTED\"}").isProblem(400, "invalid_input");
        SERVICE.send(SERVICE.admin(), "PUT", path + 2, "{\"dataClass\": \"RESTRICTED\", \"reason\": \"patients\"}").is(200);
        JsonNode now = declared(tenant).getFirst();
        assertThat(now.path("version").asInt() + " " + now.path("dataClass").asString() + " " + now.path("reason").asString()).isEqualTo("2 RESTRICTED patients");
        assertThat(SERVICE.column("select outcome || ' ' || split_part(reason, ':', 1) from audit.entry where action = 'data-class.declare' and tenant_id = '" + tenant.id() + "'"))
                .containsExactlyInAnyOrder("done open data", "done patients", "refused changed_meanwhile", "refused invalid_input");
    }

    private static List<JsonNode> declared(TestTenant tenant) {
        return SERVICE.send(SERVICE.issuer().person("someone", tenant.memberGroup()), "GET", "/api/tenants/" + tenant.id() + "/data-classes", null).is(200).body()
                .valueStream().filter(view -> view.path("project").asString().equals(tenant.project().toString())).toList();
    }
}

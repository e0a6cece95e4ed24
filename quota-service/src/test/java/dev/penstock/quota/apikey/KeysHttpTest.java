package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.frame.network.Network;
import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making, showing and revoking keys over HTTP. */
class KeysHttpTest {

    private static final RunningService SERVICE = RunningService.get();
    private static TestTenant tenant;

    @BeforeAll
    static void register() {
        tenant = TestTenant.register();
    }

    @Test
    void theSecretIsToldOnceAndKeptNowhere() {
        UUID id = UUID.randomUUID();
        Answer made = make(id, "{\"name\": \"batch\", \"models\": [\"a\", \"b\"]}").is(200);
        String secret = made.body().path("secret").asString();
        assertThat(SERVICE.bean(Keys.class).find(secret)).hasValueSatisfying(key -> {
            assertThat(key.id().value()).isEqualTo(id);
            assertThat(key.project()).isEqualTo(tenant.project());
            assertThat(key.models()).containsExactlyInAnyOrder("a", "b");
        });
        Answer again = make(id, "{\"name\": \"batch\", \"models\": [\"b\", \"a\"]}").is(200);
        assertThat(again.body().path("secret").isNull()).isTrue();
        assertThat(again.body().path("key").path("start").asString()).isEqualTo(secret.substring(0, 20));
        assertThat(SERVICE.column("select count(*) from audit.entry where action = 'key.make' and subject_id = '" + id + "'")).containsExactly("1");
        assertThat(SERVICE.column("select kind || ' ' || parent_id from quota.node where id = '" + id + "'")).containsExactly("key " + tenant.project());
    }

    @Test
    void theSameIdForSomethingElseIsRefused() {
        UUID id = UUID.randomUUID();
        make(id, "{\"name\": \"one\"}").is(200);
        make(id, "{\"name\": \"two\"}").isProblem(409, "exists_but_different");
        make(id, "{\"name\": \"one\", \"models\": [\"m\"]}").isProblem(409, "exists_but_different");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": " "}                                             | invalid_input
            {"name": "x", "models": []}                               | invalid_input
            {"name": "x", "expiresAt": "2001-01-01T00:00:00Z"}        | invalid_input
            {"name": "x", "operations": []}                           | invalid_input
            {"name": "x", "operations": ["TELEPATHY"]}                | invalid_input
            {"name": "x", "networks": []}                             | invalid_input
            {"name": "x", "networks": ["localhost"]}                  | invalid_input
            {"name": "x", "networks": ["10.1.0.0/8"]}                 | invalid_input
            {"name": "x", "purpose": " "}                             | invalid_input
            """)
    void whatCannotBeIsRefused(String body, String code) {
        make(UUID.randomUUID(), body).isProblem(400, code);
    }

    @Test
    void whatItIsForIsKeptShownAndOnRecord() {
        UUID id = UUID.randomUUID();
        String body = """
                {"name": "narrow", "operations": ["CHAT", "MODELS"], "networks": ["10.2.0.0/16", "2001:db8::7", "::ffff:192.0.2.0/120"], "purpose": "the night's batch"}""";
        Answer made = make(id, body).is(200);
        assertThat(SERVICE.bean(Keys.class).find(made.body().path("secret").asString()).orElseThrow().scope()).isEqualTo(
                new KeyScope(Set.of("chat", "models"), Set.of(Network.of("10.2.0.0/16"), Network.of("2001:db8::7"), Network.of("192.0.2.0/24")), "the night's batch"));
        assertThat(made.body().path("key").path("operations").toString()).isEqualTo("[\"chat\",\"models\"]");
        assertThat(made.body().path("key").path("networks").toString()).isEqualTo("[\"10.2.0.0/16\",\"2001:db8::7/128\",\"192.0.2.0/24\"]");
        assertThat(made.body().path("key").path("purpose").asString()).isEqualTo("the night's batch");
        assertThat(make(id, body).is(200).body().path("secret").isNull()).isTrue();
        make(id, body.replace("10.2.", "10.3.")).isProblem(409, "exists_but_different");
        make(id, body.replace("MODELS", "MESSAGES")).isProblem(409, "exists_but_different");
        make(id, body.replace("night", "day")).isProblem(409, "exists_but_different");
        assertThat(SERVICE.column("select string_agg(p, ' ' order by p) from audit.entry e, jsonb_object_keys(e.after::jsonb) p where e.action = 'key.make' and e.subject_id = '" + id + "'")
                .getFirst()).contains("networks", "operations", "purpose");
    }

    @Test
    void whoSearchesForLeakedKeysIsToldWhichTextsAreKeysAndNothingMore() {
        UUID works = UUID.randomUUID();
        UUID ended = UUID.randomUUID();
        String secret = make(works, "{\"name\": \"leaked\"}").is(200).body().path("secret").asString();
        String over = make(ended, "{\"name\": \"long over\"}").is(200).body().path("secret").asString();
        revoke(ended).is(200);
        String guessed = KeyText.random(new Random(7), KeyText.parse(secret).orElseThrow().publicId()).text();
        String asked = "{\"texts\": [\"hello\", \"%s\", \"%s\", \"%s\", \"%s\"]}".formatted(guessed, secret, KeyText.random(new Random(8)).text(), over);

        Answer found = SERVICE.send(SERVICE.issuer().service("scanner", "quota.key-check"), "POST", "/api/keys/check", asked).is(200);
        assertThat(found.body().valueStream().map(key -> key.path("index").asInt() + " " + key.path("key").asString() + " " + key.path("works").asBoolean()))
                .containsExactly("2 " + works + " true", "4 " + ended + " false");
        assertThat(found.body().toString()).contains(secret.substring(0, 20)).doesNotContain(secret).doesNotContain(over);
        assertThat(SERVICE.column("select subject_id || ' ' || actor || ' ' || coalesce(tenant_id::text, '') from audit.entry where action = 'key.found' and subject_id in ('" + works + "', '" + ended + "')"))
                .hasSize(1).allSatisfy(entry -> assertThat(entry).startsWith(works.toString()).contains("scanner").endsWith(tenant.id().toString()));
        assertThat(SERVICE.column("select last_used_at from quota.api_key where id = '" + works + "'")).as("it was not used").containsExactly((String) null);
        SERVICE.send(SERVICE.service(), "POST", "/api/keys/check", asked).isProblem(403, "not_allowed");
        SERVICE.send(SERVICE.admin(), "POST", "/api/keys/check", "{\"texts\": []}").isProblem(400, "invalid_input");
    }

    @Test
    void revokingTwiceIsRevokingOnce() {
        UUID id = UUID.randomUUID();
        String secret = make(id, "{\"name\": \"short\"}").is(200).body().path("secret").asString();
        String first = revoke(id).is(200).body().path("revokedAt").asString();
        assertThat(revoke(id).is(200).body().path("revokedAt").asString()).isEqualTo(first);
        assertThat(SERVICE.bean(Keys.class).find(secret)).isEmpty();
        assertThat(SERVICE.column("select count(*) from audit.entry where action = 'key.revoke' and outcome = 'done' and subject_id = '" + id + "'")).containsExactly("1");
    }

    @Test
    void aKeyEndsWhenItSays() {
        AdjustableClock clock = SERVICE.bean(AdjustableClock.class);
        String secret = make(UUID.randomUUID(), "{\"name\": \"an hour\", \"expiresAt\": \"" + clock.instant().plusSeconds(1) + "\"}").is(200).body().path("secret").asString();
        assertThat(SERVICE.bean(Keys.class).find(secret)).isPresent();
        await().atMost(Duration.ofSeconds(5)).until(() -> SERVICE.bean(Keys.class).find(secret).isEmpty());
    }

    @Test
    void theLastUseIsWrittenDown() {
        UUID id = UUID.randomUUID();
        String secret = make(id, "{\"name\": \"used\"}").is(200).body().path("secret").asString();
        assertThat(SERVICE.bean(Keys.class).find(secret)).isPresent();
        SERVICE.bean(LastUse.class).write();
        assertThat(SERVICE.column("select date_trunc('minute', last_used_at) = last_used_at from quota.api_key where id = '" + id + "'")).containsExactly("t");
    }

    private static Answer make(UUID id, String body) {
        return SERVICE.send(SERVICE.issuer().person("someone", tenant.memberGroup()), "PUT",
                "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + id, body);
    }

    private static Answer revoke(UUID id) {
        return SERVICE.send(SERVICE.admin(), "POST", "/api/tenants/" + tenant.id() + "/keys/" + id + "/revoke", null);
    }
}

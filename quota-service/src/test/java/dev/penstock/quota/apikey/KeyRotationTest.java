package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Replacing a key's secret over HTTP. */
class KeyRotationTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final Keys KEYS = SERVICE.bean(Keys.class);
    private static TestTenant tenant;

    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void register() {
        tenant = TestTenant.register();
    }

    @Test
    void theNewSecretIsToldOnceAndTheOldOneGoesOnForAWeek() {
        String old = make("");
        Instant before = now();
        Answer rotated = rotate("{}").is(200);
        Instant after = now();
        String secret = rotated.body().path("secret").asString();
        assertThat(secret).startsWith("psk_").isNotEqualTo(old);
        assertThat(List.of(old, secret)).allSatisfy(each -> assertThat(KEYS.find(each)).hasValueSatisfying(key -> assertThat(key.id().value()).isEqualTo(id)));
        JsonNode key = rotated.body().path("key");
        assertThat(key.path("start").asString()).isEqualTo(start(secret));
        assertThat(starts(key)).containsExactly(start(secret), start(old));
        assertThat(key.path("secrets").path(0).path("endsAt").isNull()).isTrue();
        assertThat(endOfOld(key)).isBetween(before.minusMillis(1).plus(Duration.ofDays(7)), after.plus(Duration.ofDays(7)));
        assertThat(key.toString()).doesNotContain(secret, old);
    }

    @Test
    void itIsOnRecordWithWhatShowsTheSecretsAndNothingThatOpensAnything() {
        String old = make("");
        String secret = rotated("{}");
        endSecret(start(old)).is(200);
        List<String> entries = SERVICE.column("select e.action || ' ' || e.actor || ' ' || e.before || ' ' || e.after from audit.entry e where subject_id = '" + id
                + "' and outcome = 'done' and action in ('key.rotate', 'key.end-secret') order by e.at");
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0)).startsWith("key.rotate someone ").contains(start(old), start(secret));
        assertThat(entries.get(1)).startsWith("key.end-secret someone ").contains(start(old), start(secret));
        assertThat(String.join(" ", entries)).doesNotContain(old, secret);
    }

    @Test
    void withoutGraceTheOldSecretIsOverAtOnce() {
        String old = make("");
        String secret = rotated("{\"graceSeconds\": 0}");
        assertThat(KEYS.find(old)).isEmpty();
        assertThat(KEYS.find(secret)).isPresent();
        assertThat(starts(shown())).containsExactly(start(secret));
    }

    @Test
    void aSecretNeverOutlivesItsKeyAndTheKeyDoesNotLiveLongerForIt() {
        Instant expires = now().plusSeconds(3600);
        make(", \"expiresAt\": \"" + expires + "\"");
        JsonNode key = rotate("{}").is(200).body().path("key");
        assertThat(endOfOld(key)).isEqualTo(Instant.parse(key.path("expiresAt").asString()));
        assertThat(Duration.between(expires, endOfOld(key)).abs()).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void thereIsNoThirdSecretUntilOneOfTheTwoIsEnded() {
        String old = make("");
        String second = rotated("{}");
        rotate("{}").isProblem(409, "wrong_state");
        assertThat(starts(endSecret(start(old)).is(200).body())).containsExactly(start(second));
        assertThat(KEYS.find(old)).isEmpty();
        String third = rotated("{}");
        assertThat(KEYS.find(second)).isPresent();
        assertThat(KEYS.find(third)).isPresent();
    }

    /** The new one was lost on its way, or pasted where it should not be. */
    @Test
    void theNewSecretCanBeEndedAndTheOldOneKeepsItsEnd() {
        String old = make("");
        JsonNode rotated = rotate("{\"graceSeconds\": 3600}").is(200).body();
        String lost = rotated.path("secret").asString();
        JsonNode key = endSecret(start(lost)).is(200).body();
        assertThat(KEYS.find(lost)).isEmpty();
        assertThat(KEYS.find(old)).isPresent();
        assertThat(starts(key)).containsExactly(start(old));
        assertThat(key.path("start").asString()).isEqualTo(start(old));
        assertThat(key.path("secrets").path(0).path("endsAt").asString()).isEqualTo(rotated.path("key").path("secrets").path(1).path("endsAt").asString());
        String next = rotated("{\"graceSeconds\": 7200}");
        assertThat(starts(shown())).containsExactly(start(next), start(old));
        assertThat(KEYS.find(lost)).isEmpty();
        assertThat(KEYS.find(old)).isPresent();
        assertThat(SERVICE.column("select encode(hmac, 'hex') from quota.former_secret where public_id = '" + start(lost).substring(4) + "'"))
                .as("dead also for a version that knows of no ends").containsExactly("00".repeat(32));
    }

    @Test
    void theOnlySecretIsNotEnded() {
        String only = make("");
        endSecret(start(only)).isProblem(409, "wrong_state");
        assertThat(KEYS.find(only)).isPresent();
    }

    @Test
    void endingTwiceIsEndingOnce() {
        String old = make("");
        rotated("{}");
        String first = endSecret(start(old)).is(200).body().path("secrets").toString();
        assertThat(endSecret(start(old)).is(200).body().path("secrets").toString()).isEqualTo(first);
        assertThat(SERVICE.column("select count(*) from audit.entry where action = 'key.end-secret' and outcome = 'done' and subject_id = '" + id + "'")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"psk_aaaaaaaaaaaaaaaa", "psk_", "x", "psk_%27%20or%201=1"})
    void aSecretThatTheKeyDoesNotHaveIsNotFound(String start) {
        make("");
        rotated("{}");
        endSecret(start).isProblem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"graceSeconds\": -1}", "{\"graceSeconds\": 2592001}", "{\"graceSeconds\": \"soon\"}"})
    void aGraceThatCannotBeIsRefused(String body) {
        make("");
        rotate(body).isProblem(400, "invalid_input");
        assertThat(shown().path("secrets")).hasSize(1);
    }

    @Test
    void theLongestGraceIsThirtyDays() {
        make("");
        rotate("{\"graceSeconds\": 2592000}").is(200);
    }

    @Test
    void revokingEndsBothAndAKeyThatIsRevokedIsNotRotated() {
        String old = make("");
        String secret = rotated("{}");
        Answer revoked = SERVICE.send(SERVICE.admin(), "POST", path("/revoke"), null).is(200);
        assertThat(KEYS.find(old)).isEmpty();
        assertThat(KEYS.find(secret)).isEmpty();
        assertThat(revoked.body().path("secrets")).isEmpty();
        rotate("{}").isProblem(409, "wrong_state");
    }

    @Test
    void eachSecretHasItsLastUseAndTheKeyTheLatest() {
        String old = make("");
        rotated("{}");
        assertThat(KEYS.find(old)).isPresent();
        SERVICE.bean(LastUse.class).write();
        JsonNode key = shown();
        assertThat(key.path("secrets").path(0).path("lastUsedAt").isNull()).as("the new one waits to be used").isTrue();
        String used = key.path("secrets").path(1).path("lastUsedAt").asString();
        assertThat(Instant.parse(used)).isBetween(now().minus(Duration.ofMinutes(2)), now());
        assertThat(key.path("lastUsedAt").asString()).isEqualTo(used);
    }

    @Test
    void aUseThatWasNotedBeforeTheRotationIsWrittenAfterIt() {
        String old = make("");
        assertThat(KEYS.find(old)).isPresent();
        rotated("{}");
        SERVICE.bean(LastUse.class).write();
        assertThat(shown().path("secrets").path(1).path("lastUsedAt").isNull()).isFalse();
    }

    @Test
    void ofTwoAtOnceOneIsRefused() throws Exception {
        make("");
        try (var both = Executors.newFixedThreadPool(2)) {
            Callable<Integer> one = () -> rotate("{}").status();
            List<Integer> statuses = both.invokeAll(List.of(one, one)).stream().map(Future::resultNow).sorted().toList();
            assertThat(statuses).containsExactly(200, 409);
        }
        assertThat(shown().path("secrets")).hasSize(2);
    }

    /** @return its secret */
    private String make(String more) {
        return send("PUT", "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + id, "{\"name\": \"rotating\"" + more + "}").is(200).body().path("secret").asString();
    }

    private Answer rotate(String body) {
        return send("POST", path("/rotate"), body);
    }

    private String rotated(String body) {
        return rotate(body).is(200).body().path("secret").asString();
    }

    private Answer endSecret(String start) {
        return send("POST", path("/secrets/" + start + "/end"), null);
    }

    private JsonNode shown() {
        return send("GET", "/api/keys?tenant=" + tenant.id(), null).is(200).body().valueStream().filter(key -> key.path("id").asString().equals(id.toString())).findFirst().orElseThrow();
    }

    private String path(String after) {
        return "/api/tenants/" + tenant.id() + "/keys/" + id + after;
    }

    private static Answer send(String method, String path, @Nullable String body) {
        return SERVICE.send(SERVICE.issuer().person("someone", tenant.memberGroup()), method, path, body);
    }

    private static Instant now() {
        return SERVICE.bean(AdjustableClock.class).instant();
    }

    private static Instant endOfOld(JsonNode key) {
        return Instant.parse(key.path("secrets").path(1).path("endsAt").asString());
    }

    private static List<String> starts(JsonNode key) {
        return key.path("secrets").valueStream().map(secret -> secret.path("start").asString()).toList();
    }

    private static String start(String secret) {
        return secret.substring(0, 20);
    }
}

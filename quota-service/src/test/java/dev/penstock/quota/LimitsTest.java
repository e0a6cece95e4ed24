package dev.penstock.quota;

import static dev.penstock.quota.TestTenant.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LimitsTest {

    private final RunningService service = RunningService.get();
    private final TestTenant tenant = TestTenant.register();
    private final LimitId limit = new LimitId(UUID.randomUUID());

    @Test
    void aLimitIsShownWithItsUse() {
        tenant.limit(null, "GPU_TIME", null, 3_024_000L).is(200);
        JsonNode view = tenant.limit(limit, null, "SLICES", PROFILE, 3L).is(200).body();
        assertThat(view.path("tenantName").asString()).isEqualTo(tenant.name());
        assertThat(view.path("project").isNull()).isTrue();
        assertThat(view.path("amount").asLong()).isEqualTo(3);
        assertThat(view.path("softPercent").asInt()).isEqualTo(80);
        assertThat(view.path("periodStart").isNull()).isTrue();
        tenant.reserve(TestTenant.newSlice(), 60).is(200);
        JsonNode time = list(service.admin(), "?tenant=" + tenant.id()).getFirst();
        assertThat(time.path("meter").asString()).isEqualTo("GPU_TIME");
        assertThat(time.path("used").asLong()).isZero();
        assertThat(time.path("setAside").asLong()).isEqualTo(60L * TestTenant.PARTS);
        assertThat(time.path("periodStart").asString()).endsWith("-01T00:00:00Z");
        assertThat(time.path("resets").asString()).endsWith("-01T00:00:00Z");
    }

    @Test
    void aChangeIsOnRecordWithWhatWasBeforeAndWhy() {
        tenant.limit(limit, null, "SLICES", PROFILE, 3L).is(200);
        tenant.limit(limit, null, "SLICES", PROFILE, 5L).is(200);
        tenant.removeLimit(limit).is(200);
        assertThat(service.column("""
                select concat_ws(' ', actor, actor_kind, action, outcome, subject_name, reason, before->>'amount', '->', after->>'amount')
                  from audit.entry where subject_id = '%s' order by at, id""".formatted(limit))).containsExactly(
                "admin person limit.set done slices of %s of %s for a test -> 3".formatted(PROFILE, tenant.name()),
                "admin person limit.set done slices of %s of %s for a test 3 -> 5".formatted(PROFILE, tenant.name()),
                "admin person limit.remove done slices of %s of %s 5 ->".formatted(PROFILE, tenant.name()));
    }

    @Test
    void settingTheSameTwiceIsOneChange() {
        tenant.limit(limit, null, "SLICES", PROFILE, null).is(200);
        tenant.limit(limit, null, "SLICES", PROFILE, null).is(200);
        assertThat(tenant.trail().stream().filter("limit.set done"::equals)).hasSize(1);
    }

    @Test
    void aLimitNeverChangesWhatItLimits() {
        tenant.limit(limit, null, "SLICES", PROFILE, 3L).is(200);
        tenant.limit(limit, tenant.project(), "SLICES", PROFILE, 3L).isProblem(409, "exists_but_different");
        tenant.limit(limit, null, "SLICES", "another", 3L).isProblem(409, "exists_but_different");
        tenant.limit(limit, null, "GPU_TIME", null, 3L).isProblem(409, "exists_but_different");
    }

    @Test
    void nothingIsLimitedTwice() {
        tenant.limit(limit, null, "SLICES", PROFILE, 3L).is(200);
        Answer second = tenant.limit(new LimitId(UUID.randomUUID()), null, "SLICES", PROFILE, 9L).isProblem(409, "wrong_state");
        assertThat(second.body().path("rule").asString()).isEqualTo(limit.toString());
    }

    @Test
    void theSameIdInAnotherTenantIsAnotherLimit() {
        TestTenant other = TestTenant.register();
        tenant.limit(limit, null, "SLICES", PROFILE, 3L).is(200);
        other.limit(null, "GPU_TIME", null, null).is(200);
        other.limit(limit, null, "SLICES", PROFILE, 9L).is(200);
        other.reserve(TestTenant.newSlice(), 60).is(200);
        List<String> both = list(service.admin(), "").stream()
                .filter(view -> view.path("id").asString().equals(limit.toString()))
                .map(view -> view.path("tenantName").asString() + " " + view.path("setAside").asLong() + " of " + view.path("amount").asLong())
                .toList();
        assertThat(both).containsExactlyInAnyOrder(tenant.name() + " 0 of 3", other.name() + " 1 of 9");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        tenant.removeLimit(limit).isProblem(404, "not_found");
        tenant.limit(limit, new ProjectId(UUID.randomUUID()), "GPU_TIME", null, 1L).isProblem(404, "not_found");
        TestTenant nobody = new TestTenant(RunningService.get(), new TenantId(UUID.randomUUID()), "nobody", tenant.project(), tenant.project());
        nobody.limit(limit, null, "GPU_TIME", null, 1L).isProblem(404, "not_found");
        nobody.removeLimit(limit).isProblem(404, "not_found");
        service.send(service.admin(), "GET", "/api/limits?tenant=" + nobody.id(), null).isProblem(404, "not_found");
    }

    @Test
    void everybodySeesWhatConcernsThem() {
        tenant.unlimited();
        tenant.limit(tenant.project(), "GPU_TIME", null, 5L).is(200);
        tenant.limit(tenant.otherProject(), "GPU_TIME", null, 7L).is(200);
        TestTenant other = TestTenant.register().unlimited();
        String member = service.issuer().person("someone", tenant.memberGroup());
        assertThat(titles(list(member, ""))).containsExactlyInAnyOrder("null GPU_TIME", "null SLICES", "vision GPU_TIME");
        assertThat(titles(list(service.issuer().person(tenant.owner()), "?tenant=" + tenant.id())))
                .containsExactly("null GPU_TIME", "null SLICES", "language GPU_TIME", "vision GPU_TIME");
        assertThat(list(service.issuer().person("stranger"), "")).isEmpty();
        for (String group : List.of("penstock-admins", "penstock-auditors", "penstock-finance")) {
            assertThat(list(service.issuer().person("x", group), "").stream().map(view -> view.path("tenantName").asString()))
                    .contains(tenant.name(), other.name());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            slices of nothing        | {"meter": "SLICES", "window": "NOW", "amount": 1}
            slices of a blank        | {"meter": "SLICES", "profile": "  ", "window": "NOW", "amount": 1}
            slices a month           | {"meter": "SLICES", "profile": "p", "window": "MONTH", "amount": 1}
            GPU time of a profile    | {"meter": "GPU_TIME", "profile": "p", "window": "MONTH", "amount": 1}
            GPU time now             | {"meter": "GPU_TIME", "window": "NOW", "amount": 1}
            an unknown meter         | {"meter": "WISHES", "window": "MONTH", "amount": 1}
            tokens at a time         | {"meter": "TOKENS", "window": "NOW", "amount": 1}
            calls at a time a day    | {"meter": "CONCURRENCY", "window": "DAY", "amount": 1}
            tokens of a profile      | {"meter": "TOKENS", "profile": "p", "window": "DAY", "amount": 1}
            a key without a project  | {"meter": "TOKENS", "key": "00000000-0000-0000-0000-000000000001", "window": "DAY", "amount": 1}
            slices of a key          | {"meter": "SLICES", "profile": "p", "project": "00000000-0000-0000-0000-000000000001", "key": "00000000-0000-0000-0000-000000000001", "window": "NOW", "amount": 1}
            more than 37 digits      | {"meter": "MONEY", "window": "MONTH", "amount": 100000000000000000000000000000000000000}
            no meter                 | {"window": "MONTH", "amount": 1}
            no window                | {"meter": "GPU_TIME", "amount": 1}
            less than nothing        | {"meter": "GPU_TIME", "window": "MONTH", "amount": -1}
            a fraction               | {"meter": "GPU_TIME", "window": "MONTH", "amount": 1.5}
            more than 63 bits        | {"meter": "GPU_TIME", "window": "MONTH", "amount": 9223372036854775808}
            a warning at nothing     | {"meter": "GPU_TIME", "window": "MONTH", "amount": 1, "softPercent": 0}
            a warning beyond all     | {"meter": "GPU_TIME", "window": "MONTH", "amount": 1, "softPercent": 101}
            a person without project | {"meter": "TOKENS", "person": "ada", "window": "DAY", "amount": 1}
            a person with a key      | {"meter": "TOKENS", "person": "ada", "project": "00000000-0000-0000-0000-000000000001", "key": "00000000-0000-0000-0000-000000000001", "window": "DAY", "amount": 1}
            a person without a name  | {"meter": "TOKENS", "person": "", "project": "00000000-0000-0000-0000-000000000001", "window": "DAY", "amount": 1}
            a blank person           | {"meter": "TOKENS", "person": "  ", "project": "00000000-0000-0000-0000-000000000001", "window": "DAY", "amount": 1}
            slices of a person       | {"meter": "SLICES", "profile": "p", "person": "ada", "project": "00000000-0000-0000-0000-000000000001", "window": "NOW", "amount": 1}
            slices by model          | {"meter": "SLICES", "profile": "p", "models": ["m"], "window": "NOW", "amount": 1}
            GPU time by model        | {"meter": "GPU_TIME", "models": ["m"], "window": "MONTH", "amount": 1}
            no model at all          | {"meter": "TOKENS", "models": [], "window": "DAY", "amount": 1}
            a model that is null     | {"meter": "TOKENS", "models": [null], "window": "DAY", "amount": 1}
            a model without a name   | {"meter": "TOKENS", "models": [""], "window": "DAY", "amount": 1}
            a blank model            | {"meter": "TOKENS", "models": ["  "], "window": "DAY", "amount": 1}
            a model twice            | {"meter": "TOKENS", "models": ["m", "n", "m"], "window": "DAY", "amount": 1}
            an unknown model         | {"meter": "TOKENS", "models": ["no-such-model"], "window": "DAY", "amount": 1}
            hard or what             | {"meter": "TOKENS", "window": "DAY", "amount": 1, "hard": "perhaps"}
            a misspelt amount        | {"meter": "GPU_TIME", "window": "MONTH", "amonut": 1}
            """)
    void badInputIsRefusedAndRecorded(String title, String body) {
        service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + limit, body).isProblem(400, "invalid_input");
        assertThat(list(service.admin(), "?tenant=" + tenant.id())).isEmpty();
        assertThat(tenant.trail()).endsWith("limit.set refused");
    }

    @Test
    void aPersonWhoHasNothingToDoWithTheProjectIsNotLimited() {
        Answer answer = person(limit, tenant.project(), "typo").isProblem(400, "invalid_input");
        assertThat(answer.body().path("detail").asString()).contains("typo is no member");
        person(limit, new ProjectId(UUID.randomUUID()), tenant.owner()).isProblem(404, "not_found");
        assertThat(service.column("select name from quota.node where kind = 'user' and tenant_id = '" + tenant.id() + "'")).isEmpty();
    }

    @Test
    void aPersonIsLimitedInEachProjectForItself() {
        person(limit, tenant.project(), tenant.owner()).is(200);
        JsonNode other = person(new LimitId(UUID.randomUUID()), tenant.otherProject(), tenant.owner()).is(200).body();
        assertThat(other.path("person").asString()).isEqualTo(tenant.owner());
        assertThat(other.path("projectName").asString()).isEqualTo("language");
        person(limit, tenant.project(), tenant.owner()).is(200);
        Answer second = person(new LimitId(UUID.randomUUID()), tenant.project(), tenant.owner()).isProblem(409, "wrong_state");
        assertThat(second.body().path("rule").asString()).isEqualTo(limit.toString());
        person(limit, tenant.otherProject(), tenant.owner()).isProblem(409, "exists_but_different");
        assertThat(service.column("select subject_name from audit.entry where action = 'limit.set' and outcome = 'done' and subject_id = '" + limit + "'"))
                .containsExactly("tokens a day of " + tenant.owner());
    }

    /** What is limited is a set of models: in which order they are written makes no difference, and another set is another limit. */
    @Test
    void limitsOnOtherModelsAreOtherLimits() {
        route("vision/one").is(200);
        route("vision/two").is(200);
        assertThat(models(limit, null, "[\"vision/two\", \"vision/one\"]", true).is(200).body().path("models").toString()).isEqualTo("[\"vision/one\",\"vision/two\"]");
        models(limit, null, "[\"vision/one\", \"vision/two\"]", false).is(200);
        models(limit, null, "[\"vision/one\"]", true).isProblem(409, "exists_but_different");
        models(new LimitId(UUID.randomUUID()), null, "[\"vision/one\", \"vision/two\"]", true).isProblem(409, "wrong_state");
        models(new LimitId(UUID.randomUUID()), null, "[\"vision/one\"]", true).is(200);
        models(new LimitId(UUID.randomUUID()), null, "null", true).is(200);
        models(new LimitId(UUID.randomUUID()), tenant.otherProject(), "[\"vision/one\"]", true).isProblem(400, "invalid_input");
        assertThat(service.column("""
                select concat_ws(' ', subject_name, before->>'hard', '->', after->>'hard', after->'on'->>'models')
                  from audit.entry where subject_id = '%s' and outcome = 'done' order by at, id""".formatted(limit))).containsExactly(
                "tokens a day for vision/one, vision/two of %s -> true [\"vision/one\", \"vision/two\"]".formatted(tenant.name()),
                "tokens a day for vision/one, vision/two of %s true -> false [\"vision/one\", \"vision/two\"]".formatted(tenant.name()));
    }

    /** A shared model of the platform is everybody's to limit; another tenant's own is as unknown as one that does not exist. */
    @Test
    void anotherTenantsModelIsUnknown() {
        route("vision/private").is(200);
        TestTenant other = TestTenant.register();
        service.send(service.admin(), "PUT", "/api/tenants/" + other.id() + "/limits/" + limit, """
                {"meter": "TOKENS", "models": ["vision/private"], "window": "DAY", "amount": 1}""").isProblem(400, "invalid_input");
    }

    private Answer person(LimitId id, ProjectId project, String person) {
        return service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + id, """
                {"project": "%s", "person": "%s", "meter": "TOKENS", "window": "DAY", "amount": 1000}""".formatted(project, person));
    }

    private Answer models(LimitId id, @Nullable ProjectId project, String models, boolean hard) {
        return service.send(service.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + id, """
                {"project": %s, "models": %s, "meter": "TOKENS", "window": "DAY", "amount": 1000, "hard": %s}"""
                .formatted(project == null ? null : "\"" + project + "\"", models, hard));
    }

    private Answer route(String model) {
        return service.send(service.service(), "PUT", "/api/registry/tenants/" + tenant.id() + "/routes/" + UUID.randomUUID(), """
                {"version": 1, "project": "%s", "model": "%s", "shared": false, "address": "http://127.0.0.1:9", "engineKey": "engine-key-0123456789", "engine": "vllm",
                 "servedModel": "served", "tasks": ["CHAT"], "contextTokens": 32768, "maxOutputTokens": 4096, "maxTokensPerByte": 1, "sku": "s", "serving": true}"""
                .formatted(tenant.project(), model));
    }

    private List<JsonNode> list(String token, String query) {
        return StreamSupport.stream(service.send(token, "GET", "/api/limits" + query, null).is(200).body().spliterator(), false).toList();
    }

    private static List<String> titles(List<JsonNode> views) {
        return views.stream()
                .map(view -> (view.path("projectName").isNull() ? "null" : view.path("projectName").asString()) + " " + view.path("meter").asString())
                .toList();
    }
}

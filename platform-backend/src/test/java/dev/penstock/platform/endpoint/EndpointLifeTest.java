package dev.penstock.platform.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people do with endpoints, over HTTP. No cluster answers here: states that need one are written behind the program's back. */
class EndpointLifeTest {

    private static final String QWEN = "qwen2.5-7b-instruct";
    private static final String SEVENTH = "h100-80.1g.10gb";
    private static final String TWO_SEVENTHS = "h100-80.1g.20gb";

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();

    @BeforeEach
    void policyApprovesEverything() {
        own.setPolicy(Long.MAX_VALUE / 4, 24 * 3600);
    }

    @AfterEach
    void quotaWorksAgain() {
        platform.quota().answerWith(0);
        platform.quota().reservations().unlimited(SEVENTH);
    }

    @Test
    void whatPolicyApprovesIsQueuedAtOnceWithASliceOfItsOwnKind() {
        EndpointId id = fresh();
        Answer made = create(id, "assistant", QWEN, TWO_SEVENTHS, 8192);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.text("callName")).isEqualTo("alpha/assistant");
        assertThat(made.text("modelName")).isEqualTo("Qwen2.5 7B Instruct");
        Answer queued = awaitState(id, "QUEUED");
        String slice = queued.body().path("endpoint").path("slice").asString();
        Answer held = platform.get(own.path() + "/slices/" + slice, own.member("ada"));
        assertThat(held.body().path("slice").path("endpoint").asString()).isEqualTo(id.toString());
        assertThat(held.body().path("slice").path("mayChange").asBoolean()).as("people stop the endpoint, not its slice").isFalse();
        assertThat(platform.post(own.path() + "/slices/" + slice + "/release", own.member("ada"), Map.of()).code()).isEqualTo("wrong_state");
        Answer request = platform.get(own.path() + "/slice-requests/" + slice, own.member("ada"));
        assertThat(request.text("model")).isEqualTo(QWEN);
        assertThat(request.text("endpoint")).isEqualTo(id.toString());
        assertThat(platform.trail(id)).extracting("action").contains("endpoint.create", "endpoint.queue");
        assertThat(sentences(id)).anyMatch(sentence -> sentence.startsWith("Asked for by ada")).anyMatch(sentence -> sentence.startsWith("Approved;"));
    }

    @Test
    void whatNeedsConsentWaitsForItAndIsRefusedWithTheReason() {
        own.setPolicy(0, 24 * 3600);
        EndpointId id = fresh();
        create(id, "assistant", QWEN, TWO_SEVENTHS, 8192);
        String request = awaitState(id, "REQUESTED").body().path("endpoint").path("request").asString();
        Answer rejected = platform.post(own.path() + "/slice-requests/" + request + "/reject", platform.admin(), Map.of("reason", "use the shared one"));
        assertThat(rejected.status()).isEqualTo(200);
        assertThat(awaitState(id, "FAILED").body().path("endpoint").path("reason").asString()).contains("admin", "use the shared one");
        assertThat(platform.trail(id)).extracting("action").contains("endpoint.fail");
    }

    @Test
    void repeatingIsOnceAndSomethingElseUnderTheIdIsRefused() {
        EndpointId id = fresh();
        Answer first = create(id, "assistant", QWEN, TWO_SEVENTHS, 8192);
        Answer again = create(id, "assistant", QWEN, TWO_SEVENTHS, 8192);
        assertThat(again.text("request")).isEqualTo(first.text("request"));
        assertThat(platform.trail(id)).filteredOn(entry -> entry.action().equals("endpoint.create")).hasSize(1);
        assertThat(create(id, "assistant", QWEN, TWO_SEVENTHS, 4096).code()).isEqualTo("exists_but_different");
    }

    @ParameterizedTest(name = "{0} on {1} with {2} tokens → {3}")
    @CsvSource({
        "qwen2.5-7b-instruct, h100-80.1g.10gb,  1024, does_not_fit",
        "qwen2.5-7b-instruct, h100-80.1g.20gb, 27974, ''",
        "qwen2.5-7b-instruct, h100-80.1g.20gb, 27975, does_not_fit",
        "no-such-model,       h100-80.1g.20gb,  1024, unknown_model",
        "qwen2.5-7b-instruct, no-such-profile,  1024, unknown_profile",
        "bge-m3,              h100-80.whole-x2, 8192, invalid_input",
        "bge-m3,              h100-80.mps-4,    8192, invalid_input",
        "bge-m3,              h100-80.1g.10gb,  8192, ''",
        "bge-m3,              h100-80.1g.10gb,  8193, does_not_fit",
        "bge-reranker-v2-m3,  h100-80.1g.10gb,  8192, ''",
        "bge-reranker-v2-m3,  h100-80.1g.10gb,  8193, does_not_fit",
    })
    void onlyWhatFitsIsMade(String model, String profile, long context, String code) {
        EndpointId id = fresh();
        Answer answer = create(id, "e" + id.value().getLeastSignificantBits(), model, profile, context);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        if (!code.isEmpty()) {
            assertThat(platform.trail(id)).extracting("action", "outcome").containsExactly(tuple("endpoint.create", "refused"));
        }
    }

    @Test
    void aPreviewShowsTheArithmeticBesideThePolicy() {
        Answer fits = platform.post(own.endpoints() + "preview", own.member("ada"), Tenancy.endpoint("x1", QWEN, TWO_SEVENTHS, 8192, false));
        assertThat(fits.body().path("checks").get(0).path("rule").asString()).isEqualTo("fit");
        assertThat(fits.text("outcome")).isEqualTo("PASSES");
        Answer not = platform.post(own.endpoints() + "preview", own.member("ada"), Tenancy.endpoint("x1", QWEN, SEVENTH, 8192, false));
        assertThat(not.text("outcome")).isEqualTo("REFUSED");
        assertThat(not.body().path("checks").get(0).path("sentence").asString()).contains("15.3 GB of weights", "are missing");
    }

    @Test
    void aNameBelongsToOneEndpointOfTheProjectUntilItIsDeleted() {
        EndpointId first = fresh();
        create(first, "assistant", QWEN, TWO_SEVENTHS, 8192);
        assertThat(create(fresh(), "assistant", QWEN, TWO_SEVENTHS, 4096).code()).isEqualTo("name_taken");
        assertThat(platform.call("DELETE", path(first), own.member("ada"), null).text("state")).isEqualTo("DELETING");
        endSlice(first);
        awaitState(first, "DELETED");
        EndpointId second = fresh();
        assertThat(create(second, "assistant", QWEN, TWO_SEVENTHS, 4096).status()).isEqualTo(200);
        assertThat(platform.get("/api/endpoints?tenant=" + own.tenant(), own.member("ada")).body().toString()).contains(second.toString()).doesNotContain(first.toString());
        assertThat(platform.trail(first)).extracting("action").contains("endpoint.delete", "endpoint.forget");
    }

    @Test
    void aNameBelongsToOneLiveSliceOfTheProjectAndTheRefusalSaysWhichThatIs() {
        EndpointId id = fresh();
        create(id, "assistant", QWEN, TWO_SEVENTHS, 8192);
        String served = awaitState(id, "QUEUED").body().path("endpoint").path("slice").asString();
        nameTaken(workspace(platform.nextId(), "assistant"), "A live model server of the project is called assistant", served);
        act(id, "stop");
        nameTaken(workspace(platform.nextId(), "assistant"), "A live model server of the project is called assistant", served);
        endSlice(id);
        awaitState(id, "STOPPED");

        UUID workspace = platform.nextId();
        assertThat(workspace(workspace, "assistant").status()).as("what is stopped holds nothing, so neither a name").isEqualTo(200);
        nameTaken(act(id, "start"), "A live workspace of the project is called assistant", workspace.toString());
        assertThat(awaitState(id, "STOPPED").body().path("endpoint").path("mayChange").asBoolean()).isTrue();
        end("id = '" + workspace + "'");
        assertThat(act(id, "start").status()).isEqualTo(200);
    }

    @Test
    void anEndpointIsNotMadeUnderTheNameOfALiveWorkspace() {
        UUID workspace = platform.nextId();
        workspace(workspace, "assistant");
        EndpointId id = fresh();
        nameTaken(create(id, "assistant", QWEN, TWO_SEVENTHS, 8192), "A live workspace of the project is called assistant", workspace.toString());
        assertThat(platform.trail(id)).extracting("action", "outcome").containsExactly(tuple("endpoint.create", "refused"));
        assertThat(platform.get(path(id), own.member("ada")).status()).isEqualTo(404);
    }

    @Test
    void stoppingGivesTheSliceBackAndStartingAsksForAnother() {
        EndpointId id = fresh();
        create(id, "assistant", QWEN, TWO_SEVENTHS, 8192);
        String first = awaitState(id, "QUEUED").body().path("endpoint").path("slice").asString();
        assertThat(act(id, "stop").text("state")).isEqualTo("STOPPING");
        assertThat(act(id, "stop").status()).as("twice is once").isEqualTo(200);
        assertThat(platform.get(own.path() + "/slices/" + first, own.member("ada")).body().path("slice").path("state").asString()).isEqualTo("DRAINING");
        assertThat(act(id, "start").code()).as("not before it has stopped").isEqualTo("wrong_state");
        endSlice(id);
        awaitState(id, "STOPPED");
        assertThat(act(id, "start").status()).isEqualTo(200);
        String second = awaitState(id, "QUEUED").body().path("endpoint").path("slice").asString();
        assertThat(second).isNotEqualTo(first);
        assertThat(act(id, "start").text("slice")).as("twice is once").isEqualTo(second);
        assertThat(platform.trail(id)).filteredOn(entry -> List.of("endpoint.create", "endpoint.stop", "endpoint.start").contains(entry.action()))
                .extracting("action", "outcome")
                .containsExactly(tuple("endpoint.create", "done"), tuple("endpoint.stop", "done"), tuple("endpoint.start", "refused"), tuple("endpoint.start", "done"));
    }

    @Test
    void stoppingWhatNobodyApprovedYetTakesTheRequestBack() {
        own.setPolicy(0, 24 * 3600);
        EndpointId id = fresh();
        String request = create(id, "assistant", QWEN, TWO_SEVENTHS, 8192).text("request");
        act(id, "stop");
        awaitState(id, "STOPPED");
        assertThat(platform.get(own.path() + "/slice-requests/" + request, own.member("ada")).text("state")).isEqualTo("WITHDRAWN");
        assertThat(platform.post(own.path() + "/slice-requests/" + request + "/approve", platform.admin(), Map.of()).code()).isEqualTo("wrong_state");
    }

    @Test
    void sharedOnesAreMadeByAdministratorsInThePlatformsTenantAlone() {
        Map<String, Object> shared = Tenancy.endpoint("shared-one", "bge-m3", SEVENTH, 8192, true);
        assertThat(platform.put(own.endpoints() + fresh(), own.member("ada"), shared).code()).isEqualTo("not_allowed");
        assertThat(platform.put(own.endpoints() + fresh(), platform.admin(), shared).code()).isEqualTo("not_allowed");
    }

    @Test
    void anothersEndpointIsAsAbsentAsNone() {
        EndpointId id = fresh();
        create(id, "secret", QWEN, TWO_SEVENTHS, 8192);
        EndpointId missing = fresh();
        String stranger = platform.tenancy().member("eve");
        for (String verb : List.of("", "/log")) {
            Answer existing = platform.get(path(id) + verb, stranger);
            assertThat(existing.status()).isEqualTo(404);
            assertThat(words(existing, id)).isEqualTo(words(platform.get(path(missing) + verb, stranger), missing));
        }
        for (String verb : List.of("/start", "/stop")) {
            Answer existing = platform.post(path(id) + verb, stranger, Map.of());
            assertThat(existing.status()).isEqualTo(404);
            assertThat(words(existing, id)).isEqualTo(words(platform.post(path(missing) + verb, stranger, Map.of()), missing));
        }
        assertThat(platform.get("/api/endpoints", stranger).body().toString()).doesNotContain(id.toString());
    }

    /** As the reconciler would, once a cluster confirms that nothing is left. */
    private void endSlice(EndpointId id) {
        end("serving ->> 'endpoint' = '" + id + "'");
    }

    private void end(String which) {
        assertThat(platform.sql("""
                update platform.slice set state = 'RELEASED', ending = 'RELEASED', ended_at = now(), holds_room = false, version = version + 1
                 where %s and state not in ('RELEASED', 'FAILED', 'EXPIRED')""".formatted(which))).isEqualTo(1);
    }

    private Answer workspace(UUID id, String name) {
        return platform.put(own.requests() + id, own.member("ada"), Tenancy.request(name, SEVENTH, 3600));
    }

    private static void nameTaken(Answer refused, String sentence, String slice) {
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("name_taken");
        assertThat(refused.text("detail")).startsWith(sentence);
        assertThat(refused.text("slice")).isEqualTo(slice);
    }

    private Answer create(EndpointId id, String name, String model, String profile, long context) {
        return platform.put(own.endpoints() + id, own.member("ada"), Tenancy.endpoint(name, model, profile, context, false));
    }

    private Answer act(EndpointId id, String verb) {
        return platform.post(path(id) + "/" + verb, own.member("ada"), Map.of());
    }

    private Answer awaitState(EndpointId id, String state) {
        return await().until(() -> platform.get(path(id), own.member("ada")), answer -> answer.body().path("endpoint").path("state").asString("").equals(state));
    }

    private List<String> sentences(EndpointId id) {
        return platform.get(path(id), own.member("ada")).body().path("timeline").valueStream().map(step -> step.path("sentence").asString()).toList();
    }

    private String path(EndpointId id) {
        return own.path() + "/endpoints/" + id;
    }

    private EndpointId fresh() {
        return new EndpointId(platform.nextId());
    }

    private static String words(Answer answer, EndpointId id) {
        return answer.body().toString().replaceAll("\"reference\":\"[^\"]*\"", "").replace(id.toString(), "");
    }
}

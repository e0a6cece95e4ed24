package dev.penstock.platform.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.QuotaFake;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request: every state × verb × person, and everything that goes wrong. */
class RequestLifeTest {

    private static final String SEVENTH = "h100-80.1g.10gb";
    private static final long HOUR = 3600;

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();

    @AfterEach
    void quotaWorksAgain() {
        platform.quota().answerWith(0);
        platform.quota().silent(false);
        platform.quota().halting(false);
    }

    @ParameterizedTest(name = "{0}, {1} by {2} → {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # state     | verb     | who       | status | code or state after
              SUBMITTED | approve  | owner     | 200    | APPROVED
              SUBMITTED | approve  | admin     | 200    | APPROVED
              SUBMITTED | approve  | requester | 403    | own_request
              SUBMITTED | approve  | member    | 403    | not_allowed
              SUBMITTED | approve  | auditor   | 403    | not_allowed
              SUBMITTED | approve  | stranger  | 404    | not_found
              SUBMITTED | reject   | owner     | 200    | REJECTED
              SUBMITTED | reject   | requester | 403    | own_request
              SUBMITTED | reject   | stranger  | 404    | not_found
              SUBMITTED | withdraw | requester | 200    | WITHDRAWN
              SUBMITTED | withdraw | owner     | 403    | not_allowed
              SUBMITTED | withdraw | admin     | 403    | not_allowed
              SUBMITTED | withdraw | stranger  | 404    | not_found
              APPROVED  | approve  | admin     | 200    | APPROVED
              APPROVED  | approve  | requester | 403    | own_request
              APPROVED  | reject   | admin     | 409    | wrong_state
              APPROVED  | withdraw | requester | 409    | wrong_state
              REJECTED  | approve  | admin     | 409    | wrong_state
              REJECTED  | reject   | admin     | 200    | REJECTED
              REJECTED  | withdraw | requester | 409    | wrong_state
              WITHDRAWN | approve  | owner     | 409    | wrong_state
              WITHDRAWN | reject   | owner     | 409    | wrong_state
              WITHDRAWN | withdraw | requester | 200    | WITHDRAWN
              LAPSED    | approve  | owner     | 409    | wrong_state
              LAPSED    | reject   | owner     | 409    | wrong_state
              LAPSED    | withdraw | requester | 409    | wrong_state
            """)
    void everyVerbInEveryState(String state, String verb, String who, int status, String after) {
        RequestId request = requestIn(state);
        int entriesBefore = platform.trail(request).size();
        Answer answer = platform.post(decide(request, verb), token(who), Map.of("reason", "because"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(status == 200 ? answer.text("state") : answer.code()).isEqualTo(after);
        assertThat(state(request)).isEqualTo(status == 200 ? after : state);
        List<AuditRow> more = platform.trail(request).subList(entriesBefore, platform.trail(request).size());
        if (status != 200) {
            assertThat(more).singleElement().satisfies(entry -> {
                assertThat(entry.action()).isEqualTo("slice-request." + verb);
                assertThat(entry.outcome()).isEqualTo("refused");
                assertThat(entry.reason()).startsWith(after);
            });
        } else if (state.equals(after)) {
            assertThat(more).as("repeating changes nothing").isEmpty();
        } else {
            assertThat(more).filteredOn(entry -> entry.action().equals("slice-request." + verb)).singleElement().satisfies(entry -> {
                assertThat(entry.outcome()).isEqualTo("done");
                assertThat(entry.before()).contains("\"state\": \"" + state);
                assertThat(entry.after()).contains("\"state\": \"" + after);
            });
        }
    }

    @Test
    void approvingTwiceKeepsTheFirstApprover() {
        RequestId request = submit("mia", "twice");
        platform.post(decide(request, "approve"), own.owner("olga"), Map.of("reason", "first"));
        Answer second = platform.post(decide(request, "approve"), platform.admin(), Map.of("reason", "second"));
        assertThat(second.text("decidedBy")).isEqualTo("olga");
        assertThat(second.text("decisionReason")).isEqualTo("first");
    }

    @Test
    void ofTenApproversAtOnceOneIsTheFirstAndOneSliceIsQueued() throws Exception {
        RequestId request = submit("mia", "race");
        List<Callable<Answer>> calls = IntStream.range(0, 10)
                .<Callable<Answer>>mapToObj(i -> () -> platform.post(decide(request, "approve"), own.owner("olga" + i), Map.of()))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> deciders = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).isEqualTo(200);
                deciders.add(answer.get().text("decidedBy"));
            }
            assertThat(deciders).containsOnly(deciders.getFirst());
        }
        assertThat(platform.trail(request)).filteredOn(entry -> entry.action().equals("slice-request.approve")).hasSize(1);
        assertThat(slicesOf(request)).isEqualTo(1);
    }

    @Test
    void anApprovedRequestBecomesAQueuedSliceForWhoAsked() {
        RequestId request = submit("mia", "becomes");
        Answer answer = platform.post(decide(request, "approve"), own.owner("olga"), Map.of());
        assertThat(answer.text("slice")).isEqualTo(request.toString());
        assertThat(platform.sql("update platform.slice set version = version where request_id = '%s' and holder = 'mia' and vector = '{\"nvidia.com/mig-1g.10gb\": 1}'".formatted(request)))
                .isEqualTo(1);
    }

    @Test
    void rejectingNeedsAReason() {
        RequestId request = submit("mia", "why");
        Answer answer = platform.post(decide(request, "reject"), own.owner("olga"), Map.of("reason", "  "));
        assertThat(answer.code()).isEqualTo("invalid_input");
        assertThat(state(request)).isEqualTo("SUBMITTED");
    }

    @Test
    void policyApprovesAtOnceUpToItsLimitAndIsNamedAsTheApprover() {
        own.setPolicy(120 * HOUR, 7 * 24 * HOUR);
        RequestId within = id();
        Answer answer = put(own.requests() + within, own.member("mia"), "within", SEVENTH, HOUR);
        assertThat(answer.text("state")).isEqualTo("APPROVED");
        assertThat(answer.text("decidedBy")).isEqualTo("policy");
        assertThat(platform.trail(within)).filteredOn(entry -> entry.action().startsWith("slice-request")).extracting(AuditRow::actor, AuditRow::actorKind, AuditRow::action).containsExactly(
                tuple("mia", "person", "slice-request.submit"),
                tuple("policy", "system", "slice-request.approve"));
        Answer beyond = put(own.requests() + id(), own.member("mia"), "beyond", SEVENTH, HOUR + 1);
        assertThat(beyond.text("state")).isEqualTo("SUBMITTED");
    }

    @Test
    void aRequestThatPolicyApprovesAndACrashLeftOpenIsCompletedByTheTimer() {
        RequestId request = submit("mia", "crashed");
        platform.sql("update platform.slice_request set checks = '[{\"rule\": \"lease\", \"result\": \"PASSES\", \"sentence\": \"short\"}]' where id = '%s'".formatted(request));
        platform.context().getBean(RequestTimer.class).run();
        assertThat(state(request)).isEqualTo("APPROVED");
        assertThat(slicesOf(request)).isEqualTo(1);
        assertThat(platform.trail(request)).filteredOn(entry -> entry.action().equals("slice-request.approve")).extracting(AuditRow::actor).containsExactly("policy");
    }

    @Test
    void theSameRequestTwiceIsOneRequest() {
        RequestId request = submit("mia", "same");
        Answer again = put(own.requests() + request, own.member("mia"), "same", SEVENTH, HOUR);
        assertThat(again.status()).isEqualTo(200);
        assertThat(platform.trail(request)).hasSize(1);
    }

    @Test
    void theSameRequestTwiceAtTheSameMomentIsOneRequest() throws Exception {
        RequestId request = id();
        List<Callable<Answer>> calls = Collections.nCopies(8, () -> put(own.requests() + request, own.member("mia"), "double-click", SEVENTH, HOUR));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(200);
            }
        }
        assertThat(platform.trail(request)).hasSize(1);
    }

    @Test
    void theSameIdForSomethingElseIsRefused() {
        RequestId request = submit("mia", "first");
        assertThat(put(own.requests() + request, own.member("mia"), "other", SEVENTH, HOUR).code()).isEqualTo("exists_but_different");
        assertThat(put(own.requests() + request, own.member("max"), "first", SEVENTH, HOUR).code()).isEqualTo("exists_but_different");
    }

    @Test
    void theSameIdInAnotherTenantIsFine() {
        Tenancy other = platform.tenancy();
        RequestId request = submit("mia", "mine");
        assertThat(put(other.requests() + request, other.member("nils"), "theirs", SEVENTH, HOUR).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what            | name     | profile         | lease   | status | code
            unknown profile   | fine     | h100-80.9g.90gb | 3600    | 400    | unknown_profile
            lease too long    | fine     | h100-80.1g.10gb | 700000  | 409    | lease_too_long
            lease too short   | fine     | h100-80.1g.10gb | 59      | 400    | invalid_input
            a bad name        | Not_fine | h100-80.1g.10gb | 3600    | 400    | invalid_input
            no limit is set   | fine     | h200-141.whole  | 3600    | 409    | limit_reached
            """)
    void whatCannotBeAskedForIsRefusedAndRecorded(String what, String name, String profile, long lease, int status, String code) {
        RequestId request = id();
        Answer answer = put(own.requests() + request, own.member("mia"), name, profile, lease);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text("reference")).isNotBlank();
        assertThat(platform.trail(request)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("mia");
            assertThat(entry.outcome()).isEqualTo("refused");
            assertThat(entry.reason()).startsWith(code);
        });
        assertThat(platform.get(own.path() + "/slice-requests/" + request, own.member("mia")).status()).isEqualTo(404);
    }

    @Test
    void aMemberOfTheBodyThatNobodyKnowsIsRefusedInsteadOfIgnored() {
        RequestId request = id();
        String body = "{\"name\": \"fine\", \"profile\": \"" + SEVENTH + "\", \"leaseSeconds\": 3600, \"purpose\": \"p\", \"autoApprove\": true}";
        assertThat(platform.send("PUT", own.requests() + request, own.member("mia"), body).code()).isEqualTo("invalid_input");
        assertThat(platform.trail(request)).extracting(AuditRow::outcome).containsExactly("refused");
    }

    @Test
    void aBodyLargerThanAnybodyNeedsIsRefusedAndRecorded() {
        RequestId request = id();
        String body = "{\"name\": \"fine\", \"purpose\": \"" + "x".repeat(5_000_000) + "\"}";
        Answer answer = platform.send("PUT", own.requests() + request, own.member("mia"), body);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too_large");
        assertThat(platform.trail(request)).extracting(AuditRow::outcome).containsExactly("refused");
    }

    @Test
    void moreThanTheWholeQuotaIsRefusedWithTheNumbers() {
        platform.quota().setLimits(own.tenant(), List.of(
                QuotaFake.slices(own.tenant(), null, SEVENTH, 0L, 0), QuotaFake.gpuTime(own.tenant(), null, null, 0, null)));
        RequestId request = id();
        Answer answer = put(own.requests() + request, own.member("mia"), "over", SEVENTH, HOUR);
        assertThat(answer.code()).isEqualTo("limit_reached");
        assertThat(answer.text("owner")).isEqualTo("administrators");
        assertThat(answer.body().path("limit").asLong(-1)).isZero();
        assertThat(answer.body().path("asked").asLong(-1)).isEqualTo(1);
        assertThat(platform.trail(request)).extracting(AuditRow::outcome).containsExactly("refused");
    }

    @Test
    void limitsAreAskedForInTheNameOfWhoAsks() {
        String mia = own.member("mia");
        put(own.requests() + id(), mia, "in-my-name", SEVENTH, HOUR);
        assertThat(platform.quota().received()).filteredOn(call -> call.path().equals("/api/limits")).extracting(QuotaFake.Received::authorization).contains("Bearer " + mia);
    }

    @ParameterizedTest(name = "quota-service answers with {0}")
    @CsvSource({"500", "503", "403", "200", "-1", "-2"})
    void withoutQuotaServiceARequestIsTakenAndAPersonDecides(int failure) {
        own.setPolicy(120 * HOUR, 7 * 24 * HOUR);
        platform.quota().answerWith(Math.max(0, failure));
        platform.quota().silent(failure == -1);
        platform.quota().halting(failure == -2);
        Answer answer = put(own.requests() + id(), own.member("mia"), "in-the-dark", SEVENTH, HOUR);
        assertThat(answer.text("state")).isEqualTo("SUBMITTED");
        assertThat(answer.body().path("checks").values()).anySatisfy(check -> {
            assertThat(check.path("rule").asString()).isEqualTo("quota");
            assertThat(check.path("result").asString()).isEqualTo("NEEDS_APPROVAL");
        });
    }

    @Test
    void aNameOfAnOpenRequestOfTheProjectIsTaken() {
        submit("mia", "popular");
        RequestId request = id();
        Answer answer = put(own.requests() + request, own.member("max"), "popular", SEVENTH, HOUR);
        assertThat(answer.code()).isEqualTo("name_taken");
        assertThat(platform.trail(request)).extracting(AuditRow::outcome).containsExactly("refused");
    }

    @Test
    void aNameOfALiveSliceOfTheProjectIsTaken() {
        RequestId request = submit("mia", "living");
        platform.post(decide(request, "approve"), own.owner("olga"), Map.of());
        assertThat(put(own.requests() + id(), own.member("max"), "living", SEVENTH, HOUR).code()).isEqualTo("name_taken");
    }

    @Test
    void aNameUsedInAnotherTenantIsFree() {
        Tenancy other = platform.tenancy();
        submit("mia", "shared-name");
        assertThat(put(other.requests() + id(), other.member("nils"), "shared-name", SEVENTH, HOUR).status()).isEqualTo(200);
    }

    @Test
    void aProjectOfAnotherTenantCannotBeReachedThroughOnesOwn() {
        Tenancy other = platform.tenancy();
        String foreign = own.path() + "/projects/" + other.project() + "/slice-requests/" + id();
        String missing = own.path() + "/projects/" + new ProjectId(platform.nextId()) + "/slice-requests/" + id();
        Answer one = put(foreign, own.member("mia"), "reach", SEVENTH, HOUR);
        Answer two = put(missing, own.member("mia"), "reach", SEVENTH, HOUR);
        assertThat(one.status()).isEqualTo(404);
        assertThat(one.text("detail")).isEqualTo(two.text("detail"));
    }

    @Test
    void ofWhatWaitsForLongThoseWhoMayDecideAreToldAgainOnce() {
        RequestId waits = submit("mia", "waits");
        RequestId fresh = submit("mia", "fresh");
        platform.sql("update platform.slice_request set requested_at = now() - interval '2 days' where id = '%s'".formatted(waits));
        platform.context().getBean(RequestTimer.class).run();
        platform.context().getBean(RequestTimer.class).run();
        assertThat(platform.trail(waits)).extracting(AuditRow::actor, AuditRow::action).containsExactly(
                tuple("mia", "slice-request.submit"), tuple("request-timer", "slice-request.remind"));
        assertThat(platform.trail(fresh)).hasSize(1);
        assertThat(platform.get(own.path() + "/slice-requests/" + waits, own.owner("olga")).body().path("remindedAt").isNull()).isFalse();
        assertThat(platform.get(own.path() + "/slice-requests/" + fresh, own.owner("olga")).body().path("remindedAt").isNull()).isTrue();
        assertThat(platform.post(decide(waits, "approve"), own.owner("olga"), Map.of()).status()).as("it can still be decided").isEqualTo(200);
    }

    @Test
    void whatNobodyDecidesLapsesByTheTimer() {
        RequestId request = submit("mia", "forgotten");
        platform.sql("update platform.slice_request set lapses_at = now() - interval '1 second' where id = '%s'".formatted(request));
        Answer tooLate = platform.post(decide(request, "approve"), own.owner("olga"), Map.of());
        assertThat(tooLate.code()).isEqualTo("wrong_state");
        platform.context().getBean(RequestTimer.class).run();
        assertThat(state(request)).isEqualTo("LAPSED");
        assertThat(platform.trail(request).getLast()).satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("request-timer");
            assertThat(entry.actorKind()).isEqualTo("system");
        });
    }

    @Test
    void aPreviewSaysWhatWouldHappenAndChangesNothing() {
        Answer answer = platform.post(own.requests() + "preview", own.member("mia"), Tenancy.request("maybe", SEVENTH, HOUR));
        assertThat(answer.text("outcome")).isEqualTo("NEEDS_APPROVAL");
        assertThat(answer.text("approvers")).contains(own.name());
        assertThat(answer.body().path("gpuTime").asLong()).isEqualTo(120 * HOUR);
        assertThat(platform.get("/api/slice-requests?tenant=" + own.tenant(), own.owner("olga")).body().size()).isZero();
    }

    @Test
    void listsShowWhatTheCallerMaySeeNewestFirst() {
        Tenancy other = platform.tenancy();
        RequestId first = submit("mia", "first");
        RequestId second = submit("mia", "second");
        put(other.requests() + id(), other.member("nils"), "foreign", SEVENTH, HOUR);
        assertThat(ids(platform.get("/api/slice-requests", own.member("max")))).containsExactly(second.toString(), first.toString());
        assertThat(platform.get("/api/slice-requests?tenant=" + other.tenant(), own.member("max")).status()).isEqualTo(404);
        assertThat(ids(platform.get("/api/slice-requests?tenant=" + own.tenant(), platform.auditor()))).containsExactly(second.toString(), first.toString());
        assertThat(ids(platform.get("/api/slice-requests?project=" + own.project() + "&state=APPROVED", platform.admin()))).isEmpty();
    }

    @Test
    void onlyThoseWhoMayDecideAreToldThatTheyMay() {
        RequestId request = submit("mia", "who");
        String path = own.path() + "/slice-requests/" + request;
        assertThat(platform.get(path, own.member("mia")).body().path("mayWithdraw").asBoolean()).isTrue();
        assertThat(platform.get(path, own.member("mia")).body().path("mayDecide").asBoolean()).isFalse();
        assertThat(platform.get(path, own.member("max")).body().path("mayWithdraw").asBoolean()).isFalse();
        assertThat(platform.get(path, own.owner("olga")).body().path("mayDecide").asBoolean()).isTrue();
        assertThat(platform.get(path, own.owner("mia")).body().path("mayDecide").asBoolean()).as("an owner who asked").isFalse();
        assertThat(platform.get(path, platform.auditor()).body().path("mayDecide").asBoolean()).isFalse();
    }

    @Test
    void aChangeIsToldToOpenPages() {
        RequestId request = submit("mia", "told");
        await().untilAsserted(() -> assertThat(platform.sql(
                "update platform.change set subject = subject where kind = 'slice-request' and state = 'SUBMITTED' and subject = '%s' and project_id = '%s'".formatted(request, own.project()))).isEqualTo(1));
    }

    private RequestId requestIn(String state) {
        RequestId request = submit("mia", "request");
        switch (state) {
            case "SUBMITTED" -> {}
            case "APPROVED" -> must(platform.post(decide(request, "approve"), own.owner("olga"), Map.of()));
            case "REJECTED" -> must(platform.post(decide(request, "reject"), own.owner("olga"), Map.of("reason", "no")));
            case "WITHDRAWN" -> must(platform.post(decide(request, "withdraw"), own.member("mia"), Map.of()));
            case "LAPSED" -> {
                platform.sql("update platform.slice_request set lapses_at = now() - interval '1 second' where id = '%s'".formatted(request));
                platform.context().getBean(RequestTimer.class).run();
            }
            default -> throw new IllegalArgumentException(state);
        }
        assertThat(state(request)).isEqualTo(state);
        return request;
    }

    private String token(String who) {
        return switch (who) {
            case "requester" -> own.member("mia");
            case "member" -> own.member("max");
            case "owner" -> own.owner("olga");
            case "admin" -> platform.admin();
            case "auditor" -> platform.auditor();
            case "stranger" -> platform.issuer().person("nils", "elsewhere");
            default -> throw new IllegalArgumentException(who);
        };
    }

    private RequestId submit(String subject, String name) {
        RequestId request = id();
        must(put(own.requests() + request, own.member(subject), name, SEVENTH, HOUR));
        return request;
    }

    private Answer put(String path, String token, String name, String profile, long lease) {
        return platform.put(path, token, Tenancy.request(name, profile, lease));
    }

    private static void must(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private String decide(RequestId request, String verb) {
        return own.path() + "/slice-requests/" + request + "/" + verb;
    }

    private String state(RequestId request) {
        return platform.get(own.path() + "/slice-requests/" + request, platform.admin()).text("state");
    }

    private int slicesOf(RequestId request) {
        return platform.sql("update platform.slice set version = version where request_id = '%s'".formatted(request));
    }

    private RequestId id() {
        return new RequestId(platform.nextId());
    }

    private static List<String> ids(Answer answer) {
        return answer.body().values().stream().map(view -> view.path("id").asString()).toList();
    }
}

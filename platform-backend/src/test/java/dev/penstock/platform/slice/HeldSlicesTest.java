package dev.penstock.platform.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with slices, over HTTP. No cluster answers here: states that need one are written behind the program's back. */
class HeldSlicesTest {

    private static final String SEVENTH = "h100-80.1g.10gb";
    private static final long HOUR = 3600;

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();

    @BeforeEach
    void policyApprovesEverythingUpToADay() {
        own.setPolicy(Long.MAX_VALUE / 4, 24 * HOUR);
    }

    @AfterEach
    void quotaWorksAgain() {
        platform.quota().answerWith(0);
        platform.quota().reservations().unlimited(SEVENTH);
    }

    @Test
    void extendingGrowsQuotaAndThenTheLease() {
        SliceId slice = ready();
        Answer answer = extend(slice, 2 * HOUR);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("slice").path("leaseSeconds").asLong()).isEqualTo(2 * HOUR);
        assertThat(platform.quota().reservations().lease(slice)).isEqualTo(2 * HOUR);
        assertThat(platform.trail(slice)).last().satisfies(entry -> {
            assertThat(entry).extracting("actor", "action", "outcome").containsExactly("ada", "slice.extend", "done");
            assertThat(entry.before()).contains("\"leaseSeconds\": 3600");
            assertThat(entry.after()).contains("\"leaseSeconds\": 7200");
        });
    }

    @Test
    void extendingTwiceIsExtendingOnce() {
        SliceId slice = ready();
        extend(slice, 2 * HOUR);
        int entries = platform.trail(slice).size();
        assertThat(extend(slice, 2 * HOUR).status()).isEqualTo(200);
        assertThat(platform.trail(slice)).hasSize(entries);
    }

    @Test
    void withoutQuotaNothingIsExtendedAndTheRefusalIsOnRecord() {
        SliceId slice = ready();
        platform.quota().reservations().limit(SEVENTH, 0);
        Answer answer = extend(slice, 2 * HOUR);
        assertThat(answer.code()).isEqualTo("limit_reached");
        assertThat(lease(slice)).isEqualTo(HOUR);
        assertThat(platform.trail(slice)).last().extracting("action", "outcome").containsExactly("slice.extend", "refused");
    }

    @Test
    void whileQuotaCannotBeAskedNothingIsExtended() {
        SliceId slice = ready();
        platform.quota().answerWith(503);
        assertThat(extend(slice, 2 * HOUR)).extracting(Answer::status, Answer::code).containsExactly(503, "quota_unavailable");
        assertThat(lease(slice)).isEqualTo(HOUR);
    }

    @Test
    void aLeaseBeyondThePolicyIsRefusedWithItsNumbers() {
        SliceId slice = ready();
        Answer answer = extend(slice, 25 * HOUR);
        assertThat(answer.code()).isEqualTo("lease_too_long");
        assertThat(answer.text("detail")).isEqualTo("A lease of 1 day 1 h is longer than the 1 day that the tenant's policy allows.");
        assertThat(answer.body().path("limit").asLong()).isEqualTo(24 * HOUR);
        assertThat(answer.body().path("asked").asLong()).isEqualTo(25 * HOUR);
        assertThat(answer.text("owner")).isEqualTo("administrators");
        assertThat(platform.quota().reservations().lease(slice)).as("quota was not asked").isNull();
        assertThat(platform.trail(slice)).last().extracting("action", "outcome").containsExactly("slice.extend", "refused");
    }

    @Test
    void aQueuedSliceIsExtendedWithoutReservingAnything() {
        SliceId slice = queued("waits");
        assertThat(extend(slice, 2 * HOUR).status()).isEqualTo(200);
        assertThat(platform.quota().reservations().lease(slice)).isNull();
    }

    @Test
    void aShorterLeaseIsNoExtension() {
        SliceId slice = ready();
        assertThat(extend(slice, HOUR / 2).code()).isEqualTo("invalid_input");
        assertThat(lease(slice)).isEqualTo(HOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "owner", "admin"})
    void whoMayGivesItBackAndTwiceIsOnce(String who) {
        SliceId slice = queued("mine");
        String token = switch (who) {
            case "member" -> own.member("bob");
            case "owner" -> own.owner("olga");
            default -> platform.admin();
        };
        // The reconciler cannot finish without a cluster, so it stays in draining.
        assertThat(platform.post(path(slice) + "/release", token, Map.of()).body().path("slice").path("state").asString()).isEqualTo("DRAINING");
        assertThat(platform.post(path(slice) + "/release", token, Map.of()).status()).isEqualTo(200);
        assertThat(platform.trail(slice)).filteredOn(entry -> entry.action().equals("slice.release")).hasSize(1);
        assertThat(extend(slice, 2 * HOUR).code()).as("too late").isEqualTo("wrong_state");
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "owner", "admin"})
    void whoMaySuspendsItAndResumesItAndTwiceIsOnce(String who) {
        SliceId slice = ready();
        String token = switch (who) {
            case "member" -> own.member("bob");
            case "owner" -> own.owner("olga");
            default -> platform.admin();
        };
        Answer suspended = platform.post(path(slice) + "/suspend", token, Map.of());
        // The reconciler cannot finish without a cluster, so it stays in draining.
        assertThat(suspended.body().path("slice").path("state").asString()).isEqualTo("DRAINING");
        assertThat(suspended.body().path("slice").path("becomes").asString()).isEqualTo("SUSPENDED");
        assertThat(suspended.body().path("slice").path("reason").asString()).as("by whom, unless the reconciler has been there already")
                .matches("Suspended by .+|The cluster does not answer\\.");
        assertThat(suspended.body().path("slice").path("mayChange").asBoolean()).as("it may still be released, extended, resumed").isTrue();
        assertThat(platform.post(path(slice) + "/suspend", token, Map.of()).status()).isEqualTo(200);
        assertThat(platform.post(path(slice) + "/resume", token, Map.of()).body().path("slice").path("becomes").asString()).isEqualTo("QUEUED");
        assertThat(platform.post(path(slice) + "/resume", token, Map.of()).status()).isEqualTo(200);
        assertThat(platform.trail(slice)).filteredOn(entry -> entry.action().matches("slice.(suspend|resume)"))
                .extracting("action", "outcome").containsExactly(tuple("slice.suspend", "done"), tuple("slice.resume", "done"));
        assertThat(platform.post(path(slice) + "/release", token, Map.of()).body().path("slice").path("becomes").asString()).isEqualTo("RELEASED");
        assertThat(platform.post(path(slice) + "/resume", token, Map.of()).code()).as("too late").isEqualTo("wrong_state");
        assertThat(platform.post(path(slice) + "/suspend", token, Map.of()).code()).as("too late").isEqualTo("wrong_state");
    }

    @Test
    void whatWaitsInTheQueueIsNotSuspended() {
        SliceId slice = queued("waiting");
        Answer answer = platform.post(path(slice) + "/suspend", own.member("ada"), Map.of());
        assertThat(answer.code()).isEqualTo("wrong_state");
        assertThat(answer.text("detail")).contains("released");
        assertThat(platform.trail(slice)).last().satisfies(entry -> assertThat(entry).extracting("action", "outcome").containsExactly("slice.suspend", "refused"));
    }

    @Test
    void theDetailTellsWhatTheWholeLeaseIsInGpuTime() {
        SliceId slice = ready();
        assertThat(platform.get(path(slice), own.member("ada")).body().path("setAside").asLong()).isEqualTo(120 * HOUR);
        extend(slice, 2 * HOUR);
        assertThat(platform.get(path(slice), own.member("ada")).body().path("setAside").asLong()).isEqualTo(240 * HOUR);
    }

    @Test
    void whatHasExpiredCannotBeGivenBack() {
        SliceId slice = queued("old");
        write(slice, "state = 'EXPIRED', ending = 'EXPIRED', ready_at = now() - interval '2 hours', ended_at = now()");
        assertThat(platform.post(path(slice) + "/release", own.member("ada"), Map.of()).code()).isEqualTo("wrong_state");
    }

    @Test
    void anothersSliceIsAsAbsentAsNone() {
        SliceId slice = queued("secret");
        Tenancy other = platform.tenancy();
        String stranger = other.member("eve");
        SliceId missing = new SliceId(platform.nextId());
        for (String verb : List.of("", "/release", "/extend", "/suspend", "/resume")) {
            Answer existing = verb.isEmpty() ? platform.get(path(slice), stranger) : platform.post(path(slice) + verb, stranger, Map.of("leaseSeconds", 7200));
            Answer absent = verb.isEmpty() ? platform.get(path(missing), stranger) : platform.post(path(missing) + verb, stranger, Map.of("leaseSeconds", 7200));
            assertThat(existing.status()).isEqualTo(404);
            assertThat(words(existing, slice)).isEqualTo(words(absent, missing));
        }
        assertThat(platform.get("/api/slices", stranger).body().toString()).doesNotContain(slice.toString());
        assertThat(platform.get("/api/slices?tenant=" + own.tenant(), stranger).status()).isEqualTo(404);
    }

    @Test
    void aMemberOfOneProjectSeesNothingOfTheNextOne() {
        SliceId slice = queued("alpha-only");
        ProjectId beta = new ProjectId(platform.nextId());
        assertThat(platform.put(own.path() + "/projects/" + beta, platform.admin(), Map.of("name", "beta")).status()).isEqualTo(200);
        own.addMember("GROUP", own.name() + "-beta", "MEMBER", beta);
        String neighbour = platform.issuer().person("ben", own.name() + "-beta");
        assertThat(platform.get(path(slice), neighbour).status()).isEqualTo(404);
        assertThat(platform.get("/api/slices", neighbour).body().toString()).isEqualTo("[]");
        assertThat(platform.get("/api/slices", own.owner("olga")).body().toString()).contains(slice.toString());
    }

    @Test
    void aListShowsLiveOnesFirstAndThenTheNewest() {
        SliceId ended = queued("ended");
        SliceId older = queued("older");
        SliceId newer = queued("newer");
        write(ended, "state = 'RELEASED', ending = 'RELEASED', ended_at = now(), created_at = now() + interval '1 hour'");
        List<String> names = new ArrayList<>();
        platform.get("/api/slices?tenant=" + own.tenant() + "&project=" + own.project(), platform.auditor()).body().forEach(slice -> names.add(slice.path("name").asString()));
        assertThat(names).containsExactly("newer", "older", "ended");
        assertThat(List.of(older, newer)).doesNotContain(ended);
        assertThat(platform.get("/api/slices?tenant=" + own.tenant(), platform.auditor()).body()).allSatisfy(slice ->
                assertThat(slice.path("mayChange").asBoolean()).as("an auditor only reads").isFalse());
    }

    @Test
    void theTimelineTellsWhatHappened() {
        SliceId slice = queued("told");
        Answer detail = platform.get(path(slice), own.member("ada"));
        assertThat(detail.body().path("timeline").get(0).path("state").asString()).isEqualTo("QUEUED");
        assertThat(detail.text("namespace")).isEqualTo("penstock-" + own.project());
        assertThat(detail.body().path("connect").isNull()).as("there is nothing to connect to").isTrue();
        assertThat(detail.body().path("longestLeaseSeconds").asLong()).isEqualTo(24 * HOUR);
        assertThat(platform.trail(slice)).extracting("action", "outcome").contains(tuple("slice.queue", "done"));
    }

    private SliceId ready() {
        SliceId slice = queued("ready");
        write(slice, "state = 'READY', ready_at = now(), node = 'gpu-01', next_attempt_at = now() + interval '1 day'");
        return slice;
    }

    private SliceId queued(String name) {
        UUID id = platform.nextId();
        Answer answer = platform.put(own.requests() + id, own.member("ada"), Tenancy.request(name, SEVENTH, HOUR));
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("APPROVED");
        return new SliceId(id);
    }

    private void write(SliceId slice, String what) {
        assertThat(platform.sql("update platform.slice set version = version + 1, " + what + " where id = '" + slice + "'")).isEqualTo(1);
    }

    private long lease(SliceId slice) {
        return platform.get(path(slice), own.member("ada")).body().path("slice").path("leaseSeconds").asLong();
    }

    private Answer extend(SliceId slice, long seconds) {
        return platform.post(path(slice) + "/extend", own.member("ada"), Map.of("leaseSeconds", seconds));
    }

    private String path(SliceId slice) {
        return own.path() + "/slices/" + slice;
    }

    private static String words(Answer answer, SliceId slice) {
        return answer.body().toString().replaceAll("\"reference\":\"[^\"]*\"", "").replace(slice.toString(), "");
    }
}

package dev.penstock.platform.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who may decide in whose place: what the other may, as long as they may, and nobody's own. */
class DelegationTest {

    private static final String SEVENTH = "h100-80.1g.10gb";

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();

    @ParameterizedTest(name = "{0} named {1}, who decides what {2} asked for → {3} {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # delegator | delegate | asked by | status | state or code after
              owner     | member   | mia      | 200    | REJECTED
              admin     | member   | mia      | 200    | REJECTED
              owner     | member   | member   | 403    | own_request
              owner     | member   | owner    | 403    | not_allowed
              owner     | stranger | mia      | 404    | not_found
              owner     | auditor  | mia      | 403    | not_allowed
              owner     | finance  | mia      | 403    | not_allowed
            """)
    void whatMayBeDecidedInAnothersPlace(String delegator, String delegate, String askedBy, int status, String after) {
        String asks = askedBy.equals("owner") ? own.owner(own.name() + "-owner") : askedBy.equals("member") ? token("member") : own.member("mia");
        RequestId request = submit(own.project(), asks, "wanted");
        give(delegator, delegate, null);

        Answer answer = reject(request, token(delegate));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(status == 200 ? answer.text("state") : answer.code()).isEqualTo(after);
        if (askedBy.equals("owner")) {
            // The delegator's own: the delegate may not, and without this rule the constraint on the table would.
            assertThat(seen(request, token(delegate)).path("mayDecide").asBoolean()).isFalse();
        }
    }

    @Test
    void bothAreNamedWhereverTheDecisionIs() {
        RequestId request = submit(own.project(), own.member("mia"), "named");
        give("owner", "member", null);
        JsonNode before = seen(request, token("member"));
        assertThat(before.path("mayDecide").asBoolean()).isTrue();
        assertThat(before.path("decidesFor").asString()).isEqualTo(name("owner"));

        Answer approved = platform.post(own.path() + "/slice-requests/" + request + "/approve", token("member"), Map.of());

        assertThat(approved.text("state")).isEqualTo("APPROVED");
        assertThat(approved.text("decidedBy")).isEqualTo(name("member"));
        assertThat(approved.text("decidedFor")).isEqualTo(name("owner"));
        assertThat(approved.body().path("decidesFor").isNull()).isTrue();
        assertThat(platform.trail(request)).filteredOn(entry -> entry.action().equals("slice-request.approve")).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(name("member"));
            assertThat(entry.after()).contains("\"decidedFor\": \"" + name("owner") + "\"");
        });
    }

    @Test
    void whoHasTheRightThemselvesDecidesOnTheirOwn() {
        RequestId request = submit(own.project(), own.member("mia"), "own-right");
        String another = own.owner("another-" + own.name());
        platform.put(delegation(platform.nextId()), token("owner"), spec("another-" + own.name(), null, days(1)));
        assertThat(seen(request, another).path("decidesFor").isNull()).isTrue();
        assertThat(reject(request, another).body().path("decidedFor").isNull()).isTrue();
    }

    @Test
    void aDelegateSeesAndDecidesInProjectsOfTheDelegatorAndNoOthers() {
        ProjectId beta = project("beta");
        own.addMember("PERSON", "petra-" + own.name(), "OWNER", own.project());
        own.addMember("PERSON", "ben-" + own.name(), "MEMBER", beta);
        String ben = platform.issuer().person("ben-" + own.name());
        RequestId alphas = submit(own.project(), own.member("mia"), "of-alpha");
        String owner = own.owner("olga");
        RequestId betas = submit(beta, owner, "of-beta");
        assertThat(ids(ben)).containsExactly(betas.toString());
        assertThat(reject(alphas, ben).status()).isEqualTo(404);

        platform.put(delegation(platform.nextId()), platform.issuer().person("petra-" + own.name()), spec("ben-" + own.name(), null, days(1)));

        assertThat(ids(ben)).containsExactlyInAnyOrder(betas.toString(), alphas.toString());
        String ofOne = "/api/slice-requests?tenant=" + own.tenant() + "&project=";
        assertThat(platform.get(ofOne + own.project(), ben).body().valueStream().map(request -> request.path("id").asString())).containsExactly(alphas.toString());
        assertThat(platform.get(ofOne + project("gamma"), ben).status()).as("where neither decides").isEqualTo(404);
        assertThat(reject(betas, ben).code()).as("what Petra may not decide").isEqualTo("not_allowed");
        assertThat(reject(alphas, ben).text("decidedFor")).isEqualTo("petra-" + own.name());
        assertThat(platform.get("/api/slices?tenant=" + own.tenant() + "&project=" + own.project(), ben).status()).as("nothing else of the project").isEqualTo(404);
    }

    @Test
    void ofAnotherTenantNothingIsDecided() {
        Tenancy other = platform.tenancy();
        RequestId theirs = new RequestId(platform.nextId());
        platform.put(other.requests() + theirs, other.member("mia"), Tenancy.request("theirs", SEVENTH, 3600));
        give("admin", "member", null);
        String path = other.path() + "/slice-requests/" + theirs;
        assertThat(platform.post(path + "/reject", token("member"), Map.of("reason", "no")).status()).isEqualTo(404);
        // In both tenants, with the place of an administrator in one of them.
        String both = platform.issuer().person(name("member"), own.name() + "-alpha", other.name() + "-alpha");
        assertThat(platform.post(path + "/reject", both, Map.of("reason", "no")).code()).isEqualTo("not_allowed");
    }

    @Test
    void aReservationIsDecidedOnlyInThePlaceOfAnAdministrator() {
        RequestId request = submit(own.project(), own.member("mia"), "reserved");
        platform.sql("update platform.slice_request set starts_at = now() + interval '1 day' where id = '%s'".formatted(request));
        give("owner", "member", null);
        assertThat(seen(request, token("member")).path("mayDecide").asBoolean()).isFalse();
        assertThat(reject(request, token("member")).code()).isEqualTo("not_allowed");
        give("admin", "member", null);
        assertThat(seen(request, token("member")).path("mayDecide").asBoolean()).isTrue();
        assertThat(reject(request, token("member")).text("decidedFor")).isEqualTo(name("admin"));
    }

    @Test
    void whatWasDelegatedIsNotPassedOn() {
        give("owner", "member", null);
        Answer passedOn = platform.put(delegation(platform.nextId()), token("member"), spec("somebody", null, days(1)));
        assertThat(passedOn.status()).isEqualTo(403);
        // Nor by who has a right of their own, of another project: what the third may is what the second may themselves.
        RequestId request = submit(own.project(), own.member("mia"), "passed-on");
        ProjectId beta = project("beta");
        own.addMember("PERSON", name("member"), "OWNER", beta);
        platform.put(delegation(platform.nextId()), token("member"), spec("third-" + own.name(), null, days(1)));
        assertThat(reject(request, own.member("third-" + own.name())).code()).isEqualTo("not_allowed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # when            | change of the row                                                        | allowed
            holds             | ends_at = ends_at                                                        | true
            not yet           | starts_at = now() + interval '1 hour'                                    | false
            over              | starts_at = now() - interval '2 hours', ends_at = now() - interval '1 s' | false
            ended             | ended_at = now(), ended_by = 'somebody'                                  | false
            """)
    void itHoldsFromItsBeginningToItsEnd(String when, String change, boolean allowed) {
        RequestId request = submit(own.project(), own.member("mia"), "in-time");
        String id = give("owner", "member", null);
        platform.sql("update platform.approval_delegation set %s where id = '%s'".formatted(change, id));
        assertThat(seen(request, token("member")).path("mayDecide").asBoolean()).isEqualTo(allowed);
        assertThat(reject(request, token("member")).status()).isEqualTo(allowed ? 200 : 403);
    }

    @Test
    void whoLosesTheRightEndsWhatWasDecidedInTheirPlace() {
        MemberId role = own.addMember("PERSON", "leaver-" + own.name(), "OWNER", null);
        RequestId request = submit(own.project(), own.member("mia"), "left");
        String leaver = platform.issuer().person("leaver-" + own.name());
        String id = given(platform.put(delegation(platform.nextId()), leaver, spec(name("member"), null, days(1))));
        assertThat(seen(request, token("member")).path("mayDecide").asBoolean()).isTrue();

        assertThat(platform.call("DELETE", own.path() + "/members/" + role, platform.admin(), null).status()).isEqualTo(200);

        assertThat(seen(request, token("member")).path("mayDecide").asBoolean()).isFalse();
        assertThat(reject(request, token("member")).code()).isEqualTo("not_allowed");
        assertThat(state(id, platform.admin())).isEqualTo("WITHOUT_RIGHT");
    }

    @Test
    void whoComesBackWithoutTheGroupTheyApprovedByEndsIt() {
        RequestId request = submit(own.project(), own.member("mia"), "left-group");
        String id = give("owner", "member", null);
        // Tokens of one test end in the same second: this makes the next one the newer.
        platform.sql("update platform.approval_delegation set groups_known_until = groups_known_until - interval '1 minute' where id = '%s'".formatted(id));
        platform.context().getBean("delegationCopy", TableCopy.class).checkEverything();

        assertThat(platform.get("/api/me", platform.issuer().person(name("owner"), own.name() + "-alpha")).status()).isEqualTo(200);

        assertThat(reject(request, token("member")).code()).isEqualTo("not_allowed");
        assertThat(state(id, platform.admin())).isEqualTo("WITHOUT_RIGHT");
    }

    @Test
    void anOlderTokenTellsNothing() {
        RequestId request = submit(own.project(), own.member("mia"), "older");
        String id = give("owner", "member", null);
        platform.sql("update platform.approval_delegation set groups_known_until = groups_known_until + interval '1 minute' where id = '%s'".formatted(id));
        platform.context().getBean("delegationCopy", TableCopy.class).checkEverything();
        platform.get("/api/me", platform.issuer().person(name("owner"), own.name() + "-alpha"));
        assertThat(reject(request, token("member")).text("state")).isEqualTo("REJECTED");
    }

    @Test
    void givingTwiceGivesOnceAndEndingTwiceEndsOnce() {
        String path = delegation(platform.nextId());
        String id = path.substring(path.lastIndexOf('/') + 1);
        Map<String, Object> spec = spec(name("member"), null, days(1));
        Answer first = platform.put(path, token("owner"), spec);
        assertThat(first.text("state")).isEqualTo("ACTIVE");
        assertThat(platform.put(path, token("owner"), spec).body()).isEqualTo(first.body());
        assertThat(platform.put(path, token("owner"), spec(name("member"), null, days(2))).code()).isEqualTo("exists_but_different");
        assertThat(platform.put(path, own.owner("another"), spec).code()).isEqualTo("exists_but_different");

        Answer ended = platform.post(path + "/end", token("owner"), Map.of());
        assertThat(ended.text("state")).isEqualTo("ENDED");
        assertThat(ended.text("endedBy")).isEqualTo(name("owner"));
        assertThat(platform.post(path + "/end", platform.admin(), Map.of()).body()).isEqualTo(ended.body());
        assertThat(platform.trail(id)).filteredOn(entry -> entry.outcome().equals("done")).extracting(AuditRow::actor, AuditRow::action).containsExactly(
                tuple(name("owner"), "approval-delegation.give"), tuple(name("owner"), "approval-delegation.end"));
        assertThat(delegations(token("owner"))).isEmpty();
    }

    @ParameterizedTest(name = "{0} ends it → {1}")
    @CsvSource({"owner, 200", "another-owner, 200", "admin, 200", "delegate, 403", "auditor, 403", "another-member, 404", "stranger, 404"})
    void whoMayEndIt(String who, int status) {
        String id = give("owner", "member", null);
        String token = switch (who) {
            case "another-owner" -> own.owner("another");
            case "another-member" -> own.member("max");
            case "delegate" -> token("member");
            default -> token(who);
        };
        assertThat(platform.post(own.path() + "/delegations/" + id + "/end", token, Map.of()).status()).isEqualTo(status);
        assertThat(state(id, platform.admin())).isEqualTo(status == 200 ? "" : "ACTIVE");
    }

    @ParameterizedTest(name = "{0}: from {1} h until {2} h, for {3} → {4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            at once                | -     | 1     | member | 200
            as long as is allowed  | 1     | 2161  | member | 200
            longer                 | 1     | 2162  | member | 400
            too far ahead          | 2161  | 2162  | member | 400
            ends as it begins      | 1     | 1     | member | 400
            over already           | -     | 0     | member | 400
            begins in the past     | -1    | 1     | member | 400
            oneself                | -     | 1     | owner  | 400
            """)
    void whatCannotBeGivenIsRefused(String what, @Nullable Integer from, int until, String delegate, int status) {
        Instant now = Instant.now();
        Map<String, Object> spec = spec(name(delegate), from == null ? null : now.plus(Duration.ofHours(from)), now.plus(Duration.ofHours(until)));
        Answer answer = platform.put(delegation(platform.nextId()), token("owner"), spec);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(delegations(token("owner"))).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "-", textBlock = """
            # what           | from                        | until                        | delegate
            beyond all years | +1000000000-12-30T23:59:58Z | +1000000000-12-31T23:59:59Z  | mia
            nobody           | -                           | -                            | "  "
            with a blank     | -                           | -                            | "mia "
            """)
    void whatIsNoTimeOrNoPersonIsRefusedInWords(String what, @Nullable String from, @Nullable String until, String delegate) {
        Map<String, Object> spec = spec(delegate, from == null ? null : Instant.parse(from), until == null ? days(1) : Instant.parse(until));
        Answer answer = platform.put(delegation(platform.nextId()), token("owner"), spec);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_input");
        assertThat(delegations(token("owner"))).isEmpty();
    }

    @Test
    void nobodyNamesMoreThanTwentyTimes() {
        for (int i = 0; i < 20; i++) {
            given(platform.put(delegation(platform.nextId()), token("owner"), spec("deputy-" + i, null, days(1))));
        }
        Answer more = platform.put(delegation(platform.nextId()), token("owner"), spec("one-more", null, days(1)));
        assertThat(more.code()).isEqualTo("limit_reached");
        assertThat(platform.put(delegation(platform.nextId()), own.owner("another"), spec("deputy", null, days(1))).status()).isEqualTo(200);
    }

    @Test
    void thoseWhomItConcernsSeeIt() {
        String id = give("owner", "member", null);
        for (String who : List.of("owner", "member", "admin", "auditor")) {
            assertThat(state(id, token(who))).as(who).isEqualTo("ACTIVE");
        }
        assertThat(state(id, own.owner("another"))).as("another owner").isEqualTo("ACTIVE");
        assertThat(state(id, own.member("max"))).as("another member").isEmpty();
        assertThat(state(id, platform.tenancy().owner("elsewhere"))).isEmpty();
        assertThat(platform.get("/api/me", token("member")).body().path("standsIn").asBoolean()).isTrue();
        assertThat(platform.get("/api/me", token("owner")).body().path("standsIn").asBoolean()).isFalse();
        assertThat(platform.get("/api/me", token("stranger")).body().path("standsIn").asBoolean()).isFalse();
    }

    @Test
    void whoeverStandsInIsToldOfWhatThereIsToDecide() {
        String id = give("owner", "member", null);
        String told = "update platform.change set subject = subject where kind = 'delegation' and project_id is null and subject = '%s'".formatted(id);
        assertThat(platform.sql(told)).as("that it was given").isEqualTo(1);
        submit(own.project(), own.member("mia"), "told");
        assertThat(platform.sql(told)).isEqualTo(2);
    }

    @Test
    void theTableItselfRefusesADecisionInThePlaceOfWhoAsked() {
        RequestId request = submit(own.project(), own.member("mia"), "by-hand");
        reject(request, token("owner"));
        assertThat(catchThrowable(() ->
                        platform.sql("update platform.slice_request set decided_for = requested_by where id = '%s'".formatted(request))))
                .hasStackTraceContaining("slice_request_decided_for");
    }

    private String give(String delegator, String delegate, @Nullable Instant from) {
        return given(platform.put(delegation(platform.nextId()), token(delegator), spec(name(delegate), from, days(1))));
    }

    private static String given(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.text("id");
    }

    private String delegation(Object id) {
        return own.path() + "/delegations/" + id;
    }

    private static Map<String, Object> spec(String delegate, @Nullable Instant from, Instant until) {
        Map<String, Object> spec = new HashMap<>(Map.of("delegate", delegate, "until", until.toString()));
        if (from != null) {
            spec.put("from", from.toString());
        }
        return spec;
    }

    private static Instant days(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    /** A subject that no other test delegates from or to. */
    private String name(String role) {
        return own.name() + "-" + role;
    }

    private String token(String role) {
        return switch (role) {
            case "owner" -> own.owner(name(role));
            case "member" -> own.member(name(role));
            case "admin" -> platform.issuer().person(name(role), "penstock-admins");
            case "auditor" -> platform.issuer().person(name(role), "penstock-auditors");
            case "finance" -> platform.issuer().person(name(role), "penstock-finance");
            case "stranger" -> platform.issuer().person(name(role), "elsewhere");
            default -> throw new IllegalArgumentException(role);
        };
    }

    private ProjectId project(String called) {
        ProjectId project = new ProjectId(platform.nextId());
        assertThat(platform.put(own.path() + "/projects/" + project, platform.admin(), Map.of("name", called)).status()).isEqualTo(200);
        return project;
    }

    private RequestId submit(ProjectId project, String by, String called) {
        RequestId request = new RequestId(platform.nextId());
        Answer answer = platform.put(own.path() + "/projects/" + project + "/slice-requests/" + request, by, Tenancy.request(called, SEVENTH, 3600));
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("SUBMITTED");
        return request;
    }

    private Answer reject(RequestId request, String by) {
        return platform.post(own.path() + "/slice-requests/" + request + "/reject", by, Map.of("reason", "because"));
    }

    private JsonNode seen(RequestId request, String by) {
        return platform.get(own.path() + "/slice-requests/" + request, by).body();
    }

    private List<String> ids(String by) {
        return texts(platform.get("/api/slice-requests", by).body(), "id");
    }

    private List<String> delegations(String by) {
        return texts(platform.get("/api/delegations", by).body(), "id");
    }

    /** Empty: it is not in the list. */
    private String state(String id, String by) {
        return StreamSupport.stream(platform.get("/api/delegations", by).body().spliterator(), false)
                .filter(each -> each.path("id").asString().equals(id))
                .map(each -> each.path("state").asString())
                .findFirst()
                .orElse("");
    }

    private static List<String> texts(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false).map(each -> each.path(member).asString()).toList();
    }
}

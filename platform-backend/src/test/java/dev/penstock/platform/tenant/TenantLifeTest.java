package dev.penstock.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of tenants, projects and members when people change them. */
class TenantLifeTest {

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();

    @Test
    void aTenantThatIsPutTwiceIsMadeAndRecordedOnce() {
        TenantId tenant = new TenantId(platform.nextId());
        Map<String, Object> spec = own.spec("twice-" + tenant.toString().substring(24));
        Answer first = platform.put("/api/tenants/" + tenant, platform.admin(), spec);
        Answer second = platform.put("/api/tenants/" + tenant, platform.admin(), spec);
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(platform.trail(tenant)).extracting(AuditRow::action).containsExactly("tenant.create");
    }

    @Test
    void aChangeIsRecordedWithBeforeAndAfterByWhoMadeIt() {
        Map<String, Object> renamed = new HashMap<>(own.spec(own.name()));
        renamed.put("title", "Another title");
        assertThat(platform.put(own.path(), platform.admin(), renamed).text("title")).isEqualTo("Another title");
        AuditRow last = platform.trail(own.tenant()).getLast();
        assertThat(last.actor()).isEqualTo("admin");
        assertThat(last.action()).isEqualTo("tenant.change");
        assertThat(last.before()).contains("\"title\": \"" + own.name());
        assertThat(last.after()).contains("\"title\": \"Another title\"");
        assertThat(last.tenant()).isEqualTo(own.tenant().toString());
    }

    @Test
    void aCostCentreThatChangesKeepsTheEarlierOneForEarlierDays() {
        platform.sql("update platform.cost_centre set valid_from = '2026-01-01' where tenant_id = '" + own.tenant() + "'");
        Map<String, Object> moved = new HashMap<>(own.spec(own.name()));
        moved.put("costCentre", "CC-2");
        Answer answer = platform.put(own.path(), platform.admin(), moved);
        assertThat(answer.body().path("costCentres").values()).extracting(entry -> entry.path("code").asString()).containsExactly("CC-1", "CC-2");
        assertThat(answer.body().path("costCentres").get(0).path("from").asString()).isEqualTo("2026-01-01");
    }

    @Test
    void aTenantNameInUseIsRefusedAndNothingIsMade() {
        TenantId other = new TenantId(platform.nextId());
        Answer answer = platform.put("/api/tenants/" + other, platform.admin(), own.spec(own.name()));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("name_taken");
        assertThat(platform.get("/api/tenants/" + other, platform.admin()).status()).isEqualTo(404);
        assertThat(platform.trail(other)).extracting(AuditRow::outcome).containsExactly("refused");
    }

    @Test
    void aProjectNameInUseInTheSameTenantIsRefusedAndRecorded() {
        ProjectId project = new ProjectId(platform.nextId());
        Answer answer = platform.put(own.path() + "/projects/" + project, own.owner("olga"), Map.of("name", "alpha"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("name_taken");
        assertThat(platform.trail(project)).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("refused");
            assertThat(entry.actor()).isEqualTo("olga");
            assertThat(entry.reason()).startsWith("name_taken");
        });
    }

    @Test
    void aProjectNameInUseInAnotherTenantIsFineAndRevealsNothing() {
        Tenancy other = platform.tenancy();
        ProjectId project = new ProjectId(platform.nextId());
        platform.put(other.path() + "/projects/" + new ProjectId(platform.nextId()), platform.admin(), Map.of("name", "secret-plan"));
        Answer answer = platform.put(own.path() + "/projects/" + project, own.owner("olga"), Map.of("name", "secret-plan"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString()).doesNotContain(other.tenant().toString());
    }

    @Test
    void anotherTenantAndOneThatDoesNotExistAnswerAlike() {
        Tenancy other = platform.tenancy();
        Answer foreign = platform.get(other.path(), own.owner("olga"));
        Answer missing = platform.get("/api/tenants/" + new TenantId(platform.nextId()), own.owner("olga"));
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.text("detail")).isEqualTo(missing.text("detail"));
        assertThat(foreign.code()).isEqualTo(missing.code());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "name, Capital",
        "name, x",
        "title, ''",
        "timeZone, Mars/Olympus",
        "currency, francs",
        "currency, QQQ",
    })
    void aTenantThatMakesNoSenseIsRefused(String member, String value) {
        TenantId tenant = new TenantId(platform.nextId());
        Map<String, Object> spec = new HashMap<>(own.spec("nonsense"));
        spec.put(member, value);
        Answer answer = platform.put("/api/tenants/" + tenant, platform.admin(), spec);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_input");
        assertThat(answer.text("detail")).startsWith(member);
        assertThat(platform.trail(tenant)).extracting(AuditRow::outcome).containsExactly("refused");
    }

    @Test
    void theCurrencyOfATenantStays() {
        Map<String, Object> spec = new HashMap<>(own.spec(own.name()));
        spec.put("currency", "EUR");
        assertThat(platform.put(own.path(), platform.admin(), spec).code()).isEqualTo("invalid_input");
    }

    @Test
    void aMemberOfAProjectOfAnotherTenantCannotBeNamed() {
        Tenancy other = platform.tenancy();
        Map<String, Object> spec = Map.of("kind", "GROUP", "principal", "g", "role", "MEMBER", "project", other.project().toString());
        Answer foreign = platform.put(own.path() + "/members/" + new MemberId(platform.nextId()), own.owner("olga"), spec);
        assertThat(foreign.code()).isEqualTo("invalid_input");
    }

    @Test
    void theSamePrincipalTwiceInOnePlaceIsRefused() {
        Answer answer = platform.put(own.path() + "/members/" + new MemberId(platform.nextId()), own.owner("olga"),
                Map.of("kind", "GROUP", "principal", own.name() + "-owners", "role", "MEMBER"));
        assertThat(answer.code()).isEqualTo("name_taken");
    }

    @Test
    void whoIsRemovedIsRefusedAtOnceAndRemovingAgainChangesNothing() {
        MemberId member = own.addMember("PERSON", "leaver", "MEMBER", null);
        String leaver = platform.issuer().person("leaver");
        assertThat(platform.get(own.path(), leaver).status()).isEqualTo(200);
        assertThat(platform.call("DELETE", own.path() + "/members/" + member, own.owner("olga"), null).status()).isEqualTo(200);
        assertThat(platform.get(own.path(), leaver).status()).isEqualTo(404);
        assertThat(platform.call("DELETE", own.path() + "/members/" + member, own.owner("olga"), null).status()).isEqualTo(200);
        assertThat(platform.trail(member)).extracting(AuditRow::action).containsExactly("member.add", "member.remove");
    }

    @Test
    void aMemberSeesTheProjectsTheyWorkInAndWhoElseDoes() {
        ProjectId hidden = new ProjectId(platform.nextId());
        platform.put(own.path() + "/projects/" + hidden, platform.admin(), Map.of("name", "hidden"));
        own.addMember("GROUP", "hidden-people", "MEMBER", hidden);
        String seen = platform.get(own.path(), own.member("mia")).body().toString();
        assertThat(seen).contains("alpha").doesNotContain("hidden");
        assertThat(platform.get(own.path(), own.owner("olga")).body().toString()).contains("hidden-people");
    }

    @Test
    void meNamesWhatTheCallerHasAndNothingElse() {
        platform.tenancy();
        Answer me = platform.get("/api/me", own.member("mia"));
        assertThat(me.text("subject")).isEqualTo("mia");
        assertThat(me.body().path("tenants").values()).singleElement().satisfies(tenant -> {
            assertThat(tenant.path("id").asString()).isEqualTo(own.tenant().toString());
            assertThat(tenant.path("role").isNull()).isTrue();
            assertThat(tenant.path("projects").get(0).path("role").asString()).isEqualTo("MEMBER");
        });
    }
}

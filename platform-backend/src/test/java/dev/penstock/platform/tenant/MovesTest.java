package dev.penstock.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.MoveId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.MoveRegistration;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A project moves to another tenant. */
class MovesTest {

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy from = platform.tenancy();
    private final Tenancy to = platform.tenancy();
    private final MoveId move = new MoveId(platform.nextId());

    MovesTest() {
        // Both have one of this name.
        assertThat(rename("vision").status()).isEqualTo(200);
    }

    @AfterEach
    void quotaWorksAgain() {
        platform.quota().answerWith(0);
    }

    @Test
    void itIsTheOthersWithItsOwnMembersAndOnRecordInBoth() {
        Answer moved = move(move, to.tenant());
        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        assertThat(moved.text("id")).isEqualTo(to.tenant().toString());
        assertThat(platform.get(to.path(), platform.admin()).body().toString()).contains("vision", from.name() + "-alpha");
        assertThat(platform.get(from.path(), platform.admin()).body().toString()).doesNotContain("vision", from.name() + "-alpha");
        assertThat(platform.get(from.path(), from.member("mia")).status()).isEqualTo(404);
        assertThat(platform.get(to.path(), from.member("mia")).status()).isEqualTo(200);
        assertThat(platform.trail(from.project())).filteredOn(row -> row.action().matches("project\\.(leave|join)")).extracting(AuditRow::tenant)
                .containsExactly(from.tenant().toString(), to.tenant().toString());
        assertThat(platform.trail(from.project()).getLast().after()).contains(from.tenant().toString(), to.tenant().toString());
    }

    @Test
    void quotaServiceIsToldWithBothTenantsAtOnceAlsoAfterAnOutage() {
        awaitConfirmed(from);
        awaitConfirmed(to);
        platform.quota().answerWith(503);
        assertThat(move(move, to.tenant()).status()).isEqualTo(200);
        Answer next = platform.put(to.path() + "/projects/" + to.project() + "/moves/" + platform.nextId(), platform.admin(), Map.of("to", from.tenant().toString()));
        assertThat(next.code()).as("the first is not told yet").isEqualTo("wrong_state");
        assertThat(platform.quota().registered(from.tenant()).orElseThrow().projects()).as("nobody is told by half").hasSize(1);
        platform.quota().answerWith(0);
        await().until(() -> platform.quota().move(move).isPresent());
        MoveRegistration told = platform.quota().move(move).orElseThrow();
        assertThat(told.project()).isEqualTo(from.project());
        assertThat(told.from()).isEqualTo(from.tenant());
        assertThat(told.to()).isEqualTo(to.tenant());
        assertThat(told.left().projects()).isEmpty();
        assertThat(told.left().members()).extracting(TenantRegistration.Member::principal).containsExactly(from.name() + "-owners");
        assertThat(told.joined().projects()).extracting(TenantRegistration.Project::name).containsExactlyInAnyOrder("alpha", "vision");
        awaitConfirmed(from);
        awaitConfirmed(to);
        await().until(() -> platform.sql("update platform.project_move set moved_by = moved_by where told_at is not null and id = '%s'".formatted(move)) == 1);
    }

    @Test
    void repeatingItChangesNothingAndAnotherOfItsIdIsRefused() {
        move(move, to.tenant());
        int entries = platform.trail(from.project()).size();
        Answer again = move(move, to.tenant());
        assertThat(again.status()).isEqualTo(200);
        assertThat(platform.trail(from.project())).hasSize(entries);
        assertThat(move(move, platform.tenancy().tenant()).code()).isEqualTo("exists_but_different");
        assertThat(move(new MoveId(platform.nextId()), to.tenant()).status()).as("it is here no more").isEqualTo(404);
    }

    @Test
    void whatItHoldsIsNamedAndKeepsIt() {
        RequestId request = new RequestId(platform.nextId());
        platform.put(from.requests() + request, from.member("mia"), Tenancy.request("train", "h100-80.1g.10gb", 3600));
        Answer waiting = move(move, to.tenant());
        assertThat(waiting.code()).isEqualTo("wrong_state");
        assertThat(waiting.text("detail")).contains("request train");
        platform.post(from.path() + "/slice-requests/" + request + "/approve", platform.admin(), Map.of());
        assertThat(move(move, to.tenant()).text("detail")).contains("slice train");
        assertThat(platform.get(from.path(), platform.admin()).body().toString()).contains("vision");
        assertThat(platform.trail(from.project())).extracting(AuditRow::outcome).contains("refused");
        platform.sql("update platform.slice set state = 'RELEASED', ended_at = now(), next_attempt_at = now() where id = '%s'".formatted(request));
        assertThat(move(move, to.tenant()).status()).isEqualTo(200);
    }

    @Test
    void nothingIsAskedForInAProjectThatIsGone() {
        String path = from.requests() + platform.nextId();
        move(move, to.tenant());
        assertThat(platform.put(path, from.owner("olga"), Tenancy.request("train", "h100-80.1g.10gb", 3600)).status()).isEqualTo(404);
        assertThat(platform.put(to.path() + "/projects/" + from.project() + "/slice-requests/" + platform.nextId(), from.member("mia"),
                Tenancy.request("train", "h100-80.1g.10gb", 3600)).status()).isEqualTo(200);
    }

    @Test
    void aNameThatIsTakenThereIsRefusedAndTheOneThatWasLeftIsFree() {
        rename("alpha");
        assertThat(move(move, to.tenant()).code()).isEqualTo("name_taken");
        rename("vision");
        assertThat(move(move, to.tenant()).status()).isEqualTo(200);
        assertThat(platform.put(from.path() + "/projects/" + platform.nextId(), platform.admin(), Map.of("name", "vision")).status()).isEqualTo(200);
        assertThat(rename("elsewhere").code()).isEqualTo("exists_but_different");
    }

    @Test
    void aTenantOfAnotherCurrencyNoTenantAndTheSameOneAreRefused() {
        Map<String, Object> spec = new HashMap<>(from.spec("euro-" + platform.nextId().toString().substring(24)));
        spec.put("currency", "EUR");
        TenantId euro = new TenantId(platform.nextId());
        platform.put("/api/tenants/" + euro, platform.admin(), spec);
        assertThat(move(move, euro).text("detail")).contains("billed in EUR");
        assertThat(move(move, new TenantId(platform.nextId())).code()).isEqualTo("invalid_input");
        assertThat(move(move, from.tenant()).code()).isEqualTo("invalid_input");
    }

    @Test
    void itComesBackWhenNoReplicaTakesItForOneThatNeverLeft() {
        move(move, to.tenant());
        await().until(() -> platform.quota().move(move).isPresent());
        await().until(() -> moveBack().text("detail").contains("30 minutes"));
        platform.sql("update platform.project set moved_at = moved_at - interval '31 minutes' where moved_at is not null and id = '%s'".formatted(from.project()));
        assertThat(moveBack().status()).isEqualTo(200);
        assertThat(platform.get(from.path(), from.member("mia")).body().toString()).contains("vision");
    }

    @Test
    void anotherProjectOfTheSameIdKeepsItOut() {
        platform.put(to.path() + "/projects/" + from.project(), platform.admin(), Map.of("name", "mine"));
        assertThat(move(move, to.tenant()).code()).isEqualTo("exists_but_different");
    }

    private Answer moveBack() {
        return platform.put(to.path() + "/projects/" + from.project() + "/moves/" + platform.nextId(), platform.admin(), Map.of("to", from.tenant().toString()));
    }

    private Answer move(MoveId id, TenantId target) {
        return platform.put(from.path() + "/projects/" + from.project() + "/moves/" + id, platform.admin(), Map.of("to", target.toString()));
    }

    private Answer rename(String name) {
        return platform.put(from.path() + "/projects/" + from.project(), platform.admin(), Map.of("name", name));
    }

    private void awaitConfirmed(Tenancy tenancy) {
        RegistrationTable table = platform.context().getBean(RegistrationTable.class);
        await().until(() -> platform.quota().registered(tenancy.tenant()).map(TenantRegistration::version).orElse(0L) == table.read(tenancy.tenant()).version());
    }
}

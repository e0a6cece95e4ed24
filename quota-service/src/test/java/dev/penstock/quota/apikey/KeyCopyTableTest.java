package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.network.Network;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of the copy is read again when a key changes. A table of its own: the service's is read by its copy meanwhile. */
class KeyCopyTableTest {

    private static final RunningService SERVICE = RunningService.get();
    private static TestTenant one;
    private static TestTenant other;

    private final KeyCopyTable table = new KeyCopyTable(SERVICE.bean(JobTransactions.class), SERVICE.bean(JdbcClient.class));

    @BeforeAll
    static void register() {
        one = TestTenant.register(SERVICE, "UTC");
        other = TestTenant.register(SERVICE, "UTC");
    }

    @Test
    void ifNothingMovedItIsWhatIsKnownItself() {
        make(one);
        Map<String, KeyRow> known = table.read(Map.of());
        assertThat(known).isNotEmpty();
        SERVICE.execute("update quota.api_key set last_used_at = now()");
        assertThat(table.read(known)).isSameAs(known);
    }

    @Test
    void onlyTheTenantsThatMovedAreReadAgain() {
        String changed = make(one);
        String kept = make(other);
        Map<String, KeyRow> known = table.read(Map.of());
        revoke(one);
        Map<String, KeyRow> now = table.read(known);
        assertThat(now.get(changed).revoked()).isTrue();
        assertThat(now.get(kept)).isSameAs(known.get(kept));
        String added = make(other);
        assertThat(table.read(now)).containsKeys(changed, kept, added).isEqualTo(table.read(Map.of()));
    }

    /** One key less and one more, of the same version: neither the number of keys nor the sum of what is left tells. */
    @Test
    void aKeyThatGoesIsNoticedAlsoWhenAnotherIsMadeAtOnce() {
        String gone = make(one);
        Map<String, KeyRow> known = table.read(Map.of());
        SERVICE.execute("update quota.api_key set moved_at = now(), version = version + 1 where public_id = '" + gone + "'");
        String made = make(one);
        assertThat(table.read(known)).doesNotContainKey(gone).containsKey(made);
    }

    /** Everybody's keys are read at once: one row that somebody wrote by hand must not keep the others out. */
    @Test
    void aWordThatStandsTwiceIsReadOnce() {
        String made = make(one);
        SERVICE.execute("update quota.api_key set models = '{a,b,a}', operations = '{chat,chat}', networks = '{10.0.0.0/8,10.0.0.0/8}', version = version + 1 where public_id = '" + made + "'");
        KeyRow row = table.read(Map.of()).get(made);
        assertThat(row.models()).containsExactlyInAnyOrder("a", "b");
        assertThat(row.scope()).isEqualTo(new KeyScope(Set.of("chat"), Set.of(Network.of("10.0.0.0/8")), null));
    }

    @Test
    void whatSomebodyElseReadIsReadAgainAsAWhole() {
        make(one);
        Map<String, KeyRow> known = table.read(Map.of());
        table.read(Map.of());
        assertThat(table.read(known)).isEqualTo(known);
    }

    /** @return its public id */
    private static String make(TestTenant tenant) {
        String start = SERVICE.send(SERVICE.issuer().person("someone", tenant.memberGroup()), "PUT",
                "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + UUID.randomUUID(), "{\"name\": \"one of many\"}").is(200).body().path("key").path("start").asString();
        return start.substring(KeyText.PREFIX.length());
    }

    private static void revoke(TestTenant tenant) {
        SERVICE.execute("update quota.api_key set revoked_at = now(), revoked_by = 'test', version = version + 1 where tenant_id = '" + tenant.id() + "' and revoked_at is null");
    }
}

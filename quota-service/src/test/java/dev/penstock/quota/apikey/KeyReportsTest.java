package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that somebody should look at. Their past is written into the tables: it is made of days. */
class KeyReportsTest {

    private static final RunningService SERVICE = RunningService.get();
    private static TestTenant tenant;

    @BeforeAll
    static void keysOfAllKinds() {
        tenant = TestTenant.register();
        make("fresh", 3, "", "null", null);
        make("busy", 30, "now() - interval '1 hour'", "null", null);
        make("quiet", 200, "now() - interval '91 days'", "now() - interval '10 days'", null);
        make("nearly quiet", 200, "now() - interval '89 days'", "now() - interval '10 days'", null);
        make("old and busy", 91, "now()", "null", null);
        make("rotated", 200, "now()", "now() - interval '10 days'", null);
        make("being rotated", 200, "", "now() - interval '10 days'", "now() + interval '1 day'");
        make("was rotated", 200, "", "now() - interval '10 days'", "now() - interval '1 day'");
        String revoked = make("revoked", 200, "", "null", null);
        SERVICE.execute("update quota.api_key set revoked_at = now(), revoked_by = 'x' where id = '" + revoked + "'");
        String expired = make("expired", 200, "", "null", null);
        SERVICE.execute("update quota.api_key set expires_at = now() - interval '1 day' where id = '" + expired + "'");
    }

    /** "being rotated" and "was rotated" were used by their old secret, 100 days ago. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NEVER_USED | 0  | fresh
            UNUSED     | 90 | being rotated, quiet, was rotated
            OVERDUE    | 90 | being rotated, old and busy
            """)
    void eachListsThoseAndNoOthers(String report, long days, String names) {
        Answer listed = report(report).is(200);
        assertThat(listed.body().path("report").asString()).isEqualTo(report);
        assertThat(listed.body().path("days").asLong()).isEqualTo(days);
        assertThat(names(listed).stream().sorted().toList()).containsExactly(names.split(", "));
    }

    @Test
    void theOldestComesFirst() {
        assertThat(names(report("OVERDUE").is(200))).containsExactly("being rotated", "old and busy");
    }

    @Test
    void administratorsSeeThemOfAllTenantsAndOthersOfTheirProjectsAlone() {
        Answer all = SERVICE.send(SERVICE.admin(), "GET", "/api/keys/reports/OVERDUE?tenant=" + tenant.id() + "&project=" + tenant.project(), null).is(200);
        assertThat(names(all)).containsExactly("being rotated", "old and busy");
        TestTenant other = TestTenant.register();
        assertThat(names(SERVICE.send(SERVICE.issuer().person("someone", other.memberGroup()), "GET", "/api/keys/reports/OVERDUE", null).is(200))).isEmpty();
    }

    @Test
    void aReportThatThereIsNotIsRefused() {
        report("LOST").isProblem(400, "invalid_input");
    }

    private static Answer report(String report) {
        return SERVICE.send(SERVICE.issuer().person("someone", tenant.memberGroup()), "GET", "/api/keys/reports/" + report + "?tenant=" + tenant.id(), null);
    }

    private static List<String> names(Answer listed) {
        return listed.body().path("keys").valueStream().map(key -> key.path("name").asString()).toList();
    }

    /** @param formerEnds null: it has no former secret */
    private static String make(String name, int daysAgo, String lastUsed, String rotated, @Nullable String formerEnds) {
        String id = UUID.randomUUID().toString();
        SERVICE.send(SERVICE.issuer().person("someone", tenant.memberGroup()), "PUT", "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + id,
                "{\"name\": \"" + name + "\"}").is(200);
        SERVICE.execute("""
                update quota.api_key set created_at = now() - interval '%1$d days', last_used_at = %2$s, rotated_at = %3$s, rotated_by = case when %3$s is null then null else 'x' end,
                    version = version + 1 where id = '%4$s'""".formatted(daysAgo, lastUsed.isEmpty() ? "null" : lastUsed, rotated, id));
        if (formerEnds != null) {
            SERVICE.execute("""
                    insert into quota.former_secret (tenant_id, public_id, key_id, pepper_version, hmac, made_at, replaced_at, replaced_by, ends_at, last_used_at)
                    select tenant_id, translate(public_id, 'abcdefghijklmnopqrstuvwxyz234567', 'bcdefghijklmnopqrstuvwxyz234567a'), id, pepper_version, hmac, created_at, rotated_at, 'x', %s,
                           now() - interval '100 days' from quota.api_key where id = '%s'""".formatted(formerEnds, id));
        }
        return id;
    }
}

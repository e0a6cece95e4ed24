package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.standalone.client.Api;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.HttpClientErrorException;

/** The second tenant's login and key: of the first tenant they see, list, call and infer nothing, in portal, REST, gateway and SQL. */
@Timeout(300)
class IsolationTest {

    /** What differs in every answer and tells nothing. */
    private static final String DIFFERS = "(\"(reference|instance)\":\"[^\"]*\",?|ref\\s+\\S+)";

    private static RunningPenstock penstock;
    private static Team first;
    private static Team second;
    private static EndpointView endpoint;
    private static KeyMade key;
    private static KeyMade strangersKey;

    @BeforeAll
    static void theFirstTenantHasSomething() {
        penstock = RunningPenstock.shared();
        first = new Team(penstock, "scientist");
        second = new Team(penstock, "scientist2");
        endpoint = first.api().endpoints().create(first.tenant(), first.project(), new EndpointId(UUID.randomUUID()), new EndpointSpec(
                "secret-" + UUID.randomUUID().toString().substring(0, 6), Lab.CHAT, "h100-80.3g.40gb", 8_192, false, Duration.ofHours(200).toSeconds(), "isolation"));
        key = first.api().keys().make(first.tenant(), first.project(), new KeyId(UUID.randomUUID()), new KeySpec("first's key", null, null, null, null, null));
        strangersKey = second.api().keys().make(second.tenant(), second.project(), new KeyId(UUID.randomUUID()), new KeySpec("second's key", null, null, null, null, null));
        Eventually.eventually("the gateway knows the key", Duration.ofSeconds(5), () -> stranger().models().status() == 200);
    }

    @AfterAll
    static void nothingIsLeft() {
        first.api().endpoints().delete(endpoint.tenant(), endpoint.id());
        first.api().keys().revoke(first.tenant(), key.key().id());
        second.api().keys().revoke(second.tenant(), strangersKey.key().id());
    }

    @TestFactory
    Stream<DynamicTest> whatExistsIsAnsweredLikeWhatDoesNot() {
        TenantId nobody = new TenantId(UUID.randomUUID());
        ProjectId nothing = new ProjectId(UUID.randomUUID());
        YearMonth month = YearMonth.now();
        Api api = second.api();
        return Stream.of(
                same("an endpoint", () -> api.endpoints().get(first.tenant(), endpoint.id()), () -> api.endpoints().get(nobody, new EndpointId(UUID.randomUUID()))),
                same("its log", () -> api.endpoints().log(first.tenant(), endpoint.id()), () -> api.endpoints().log(nobody, new EndpointId(UUID.randomUUID()))),
                same("stopping it", () -> api.endpoints().stop(first.tenant(), endpoint.id()), () -> api.endpoints().stop(nobody, new EndpointId(UUID.randomUUID()))),
                same("deleting it", () -> api.endpoints().delete(first.tenant(), endpoint.id()), () -> api.endpoints().delete(nobody, new EndpointId(UUID.randomUUID()))),
                same("revoking a key", () -> api.keys().revoke(first.tenant(), key.key().id()), () -> api.keys().revoke(nobody, new KeyId(UUID.randomUUID()))),
                same("making a key", () -> api.keys().make(first.tenant(), first.project(), new KeyId(UUID.randomUUID()), new KeySpec("mine", null, null, null, null, null)),
                        () -> api.keys().make(nobody, nothing, new KeyId(UUID.randomUUID()), new KeySpec("mine", null, null, null, null, null))),
                same("what may be called", () -> api.gateway().get(first.tenant(), first.project()), () -> api.gateway().get(nobody, nothing)),
                same("a statement", () -> api.statements().get(first.tenant(), month), () -> api.statements().get(nobody, month)),
                same("a limit", () -> api.limits().remove(first.tenant(), new LimitId(UUID.randomUUID())), () -> api.limits().remove(nobody, new LimitId(UUID.randomUUID()))),
                same("a key under an id that is taken there", () -> api.keys().revoke(second.tenant(), key.key().id()),
                        () -> api.keys().revoke(second.tenant(), new KeyId(UUID.randomUUID()))));
    }

    @Test
    void listsAndSumsHoldNothingOfIt() {
        Api api = second.api();
        Instant now = Instant.now();
        Instant from = now.minus(Duration.ofDays(1));
        assertThat(api.endpoints().list(null, null)).noneMatch(each -> each.tenant().equals(first.tenant()));
        assertThat(api.keys().list(null, null)).noneMatch(each -> each.tenant().equals(first.tenant()));
        assertThat(api.limits().list(null)).noneMatch(each -> each.tenant().equals(first.tenant()));
        assertThat(api.statements().list(null)).noneMatch(each -> each.tenant().equals(first.tenant()));
        assertThat(api.usage().calls(null, null, null, null, from, now, false, null).calls()).noneMatch(each -> each.tenant().equals(first.tenant()));
        assertThat(api.usage().series(null, null, null, null, from, now, UsageSeries.Bucket.DAY, UsageSeries.By.TENANT).points())
                .noneMatch(each -> first.tenant().toString().equals(each.group()));
    }

    @Test
    void itsModelCannotBeCalledAndNobodyLearnsThatItIsThere() {
        String theirs = endpoint.callName();
        String nobodys = theirs.substring(0, theirs.length() - 1) + "!";
        assertThat(stranger().models().body().toString()).doesNotContain(theirs);
        ModelAnswer existing = stranger().chat(theirs, "Hello?", 5);
        ModelAnswer missing = stranger().chat(nobodys, "Hello?", 5);
        assertThat(List.of(existing.status(), existing.errorCode())).containsExactly(404, "model_not_found");
        assertThat(existing.words()).isEqualTo(missing.words().replace(nobodys, theirs));
    }

    @Test
    void aSignInCallsForOnesOwnProjectOnly() {
        String token = second.api().token();
        ModelAnswer theirs = ModelClient.asPerson(penstock.directory(), token, first.project().toString()).chat(Lab.CHAT, "Hello?", 5);
        ModelAnswer nobodys = ModelClient.asPerson(penstock.directory(), token, UUID.randomUUID().toString()).chat(Lab.CHAT, "Hello?", 5);
        assertThat(theirs.status()).isBetween(401, 404).isEqualTo(nobodys.status());
        assertThat(theirs.words()).isEqualTo(nobodys.words());
    }

    @Test
    void thePortalShowsOneAndTheSamePageForWhatExistsAndWhatDoesNot() {
        try (Browsers browsers = new Browsers(penstock)) {
            Page page = browsers.signIn("scientist2", "/endpoints/" + first.tenant() + "/" + endpoint.id());
            String existing = notFoundPage(page);
            page.navigate(penstock.url("portal") + "/endpoints/" + first.tenant() + "/" + UUID.randomUUID());
            assertThat(notFoundPage(page)).isEqualTo(existing);
            for (String path : List.of("/endpoints", "/keys", "/usage")) {
                page.navigate(penstock.url("portal") + path);
                assertThat(page.locator("main h1").first()).isVisible();
                assertThat(page.locator("main").innerText()).doesNotContain(endpoint.name(), "first's key", "research-vision");
            }
            page.context().close();
        }
    }

    /** The programs' own roles, on every table that belongs to tenants. */
    @ParameterizedTest
    @ValueSource(strings = {"platform_web", "quota_web"})
    void theDatabaseShowsARoleTheRowsOfTheTenantThatIsSetAndNoneWithoutOne(String role) {
        try (Database database = Database.as(penstock, role)) {
            List<Map<String, String>> tables = database.rows("""
                    select format('%I.%I', n.nspname, c.relname) as name
                    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
                    where c.relkind in ('r', 'p') and n.nspname in ('platform', 'quota') and a.attname = 'tenant_id'
                      and has_column_privilege(c.oid, a.attnum, 'select') and has_schema_privilege(n.oid, 'usage')""");
            database.end();
            assertThat(tables).isNotEmpty();
            for (Map<String, String> table : tables) {
                assertThat(database.count("select count(tenant_id) from " + table.get("name"))).as(role + " without a tenant in " + table.get("name")).isZero();
                database.end();
                database.inTenant(second.tenant().toString());
                assertThat(database.count("select count(tenant_id) from " + table.get("name") + " where tenant_id <> ?::uuid", second.tenant().toString()))
                        .as(role + " in " + table.get("name")).isZero();
                database.end();
            }
        }
    }

    private static ModelClient stranger() {
        return ModelClient.withKey(penstock.directory(), Objects.requireNonNull(strangersKey.secret()));
    }

    private static String notFoundPage(Page page) {
        assertThat(page.getByText("There is no such thing, or it is not yours to see.").first()).isVisible();
        return page.locator("main").innerText().replaceAll(DIFFERS, "");
    }

    private static DynamicTest same(String what, Runnable existing, Runnable missing) {
        return DynamicTest.dynamicTest(what, () -> org.assertj.core.api.Assertions.assertThat(refusal(existing)).isEqualTo(refusal(missing)));
    }

    private static String refusal(Runnable call) {
        HttpClientErrorException[] refused = new HttpClientErrorException[1];
        assertThatThrownBy(call::run).isInstanceOfSatisfying(HttpClientErrorException.NotFound.class, e -> refused[0] = e);
        return refused[0].getResponseBodyAsString().replaceAll(DIFFERS, "");
    }
}

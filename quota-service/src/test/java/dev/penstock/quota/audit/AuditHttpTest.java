package dev.penstock.quota.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.AuditPage;
import dev.penstock.contract.quota.SealStatus;
import dev.penstock.contract.quota.Verification;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.testing.TestIssuer;
import dev.penstock.quota.QuotaService;
import dev.penstock.quota.RunningService;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The whole program: entries are sealed by themselves, and auditors read, verify and take them away over HTTP. */
@Timeout(300)
class AuditHttpTest {

    private static final String TENANT = "00000000-0000-0000-0000-00000000000a";

    private static TestDatabase database;
    private static TestIssuer issuer;
    private static ConfigurableApplicationContext context;
    private static String address;
    private static HttpClient http;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create();
        issuer = TestIssuer.start();
        Path key = Files.write(folder.resolve("key"), Base64.getEncoder().encode(new byte[32]));
        List<String> own = List.of(
                "--penstock.identity.admin-groups=admins",
                "--penstock.identity.auditor-groups=auditors",
                "--penstock.identity.finance-groups=finance",
                "--penstock.audit.signing-key-file=" + key,
                "--penstock.audit.checkpoint-file=" + folder.resolve("checkpoints.txt"),
                "--penstock.audit.checkpoint-every=300ms");
        context = new SpringApplicationBuilder(QuotaService.class)
                .properties("spring.config.name=quota-service")
                .run(RunningService.argumentsWith(own, database.url(), issuer.issuer()));
        address = "http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort();
        http = HttpClient.newHttpClient();
        try (Connection connection = database.connectAsAdmin()) {
            connection.createStatement().execute("insert into quota.tenant values ('" + TENANT + "', 'research', 'Europe/Berlin', 'EUR', 1)");
        }
        try (Connection connection = database.connectAsAdmin()) {
            append(connection, "ann", "slice-request.submit", "one", "done", TENANT);
            append(connection, "ann", "slice-request.submit", "two", "refused", TENANT);
            append(connection, "bob", "slice.release", "100%_done", "done", null);
            for (int i = 0; i < 120; i++) {
                append(connection, "carol", "thing.change", "thing-" + i, "done", null);
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> seal().checkpoint() != null && seal().checkpoint().size() >= 123 && seal().waiting() == 0);
    }

    @AfterAll
    static void stop() {
        context.close();
        issuer.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/audit/entries", "/api/audit/entries/0", "/api/audit/entries/0/proof", "/api/audit/seal", "/api/audit/bundle"})
    void onlyAuditorsAndAdministratorsReadTheTrail(String path) throws Exception {
        assertThat(status(issuer.person("eve", "auditors"), path)).isEqualTo(200);
        assertThat(status(issuer.person("adam", "admins"), path)).isEqualTo(200);
        assertThat(status(issuer.person("fin", "finance"), path)).isEqualTo(403);
        assertThat(status(issuer.person("sue", "research-vision"), path)).isEqualTo(403);
        assertThat(status(issuer.service("platform-backend", "quota.registry"), path)).isEqualTo(403);
        assertThat(column("select count(*) from audit.entry where actor = 'sue' and outcome = 'refused' and reason like 'not_allowed%'").getFirst()).isNotEqualTo("0");
    }

    @Test
    void pagesShowEveryEntryOnceNewestFirst() throws Exception {
        List<Long> seen = new ArrayList<>();
        Long before = 123L;
        while (before != null) {
            AuditPage page = read(auditor(), "/api/audit/entries?limit=50&before=" + before, AuditPage.class);
            seen.addAll(page.entries().stream().map(AuditEntry::index).toList());
            before = page.next();
        }
        assertThat(seen).hasSize(123).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a)).startsWith(122L).endsWith(0L);
        assertThat(read(auditor(), "/api/audit/entries?before=123", AuditPage.class).entries()).hasSize(50);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "actor=ann, 2", "action=slice.release, 1", "tenant=" + TENANT + ", 2", "outcome=refused&actor=ann, 1", "text=THING-11&actor=carol, 11",
        "text=100%25_D, 1", "text=1__%25_, 0", "text=%5C, 0", "actor=nobody, 0", "actor=carol&from=2000-01-01T00:00:00Z, 120", "actor=carol&to=2000-01-01T00:00:00Z, 0"
    })
    void aFilterFindsAndCounts(String filter, long matching) throws Exception {
        AuditPage page = read(auditor(), "/api/audit/entries?limit=200&" + filter, AuditPage.class);
        assertThat(page.matching()).isEqualTo(matching);
        assertThat(page.entries()).hasSize((int) matching);
    }

    @Test
    void anEntryTellsItsTenantsNameAndItsLeaf() throws Exception {
        AuditEntry entry = read(auditor(), "/api/audit/entries?actor=ann&outcome=refused", AuditPage.class).entries().getFirst();
        assertThat(entry.tenantName()).isEqualTo("research");
        assertThat(entry.leaf()).isEqualTo(column("select encode(hash, 'hex') from audit.leaf where index = " + entry.index()).getFirst());
        assertThat(entry.after()).isEqualTo("{\"n\":1}");
        assertThat(read(auditor(), "/api/audit/entries/" + entry.index(), AuditEntry.class)).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/audit/entries?limit=0", "/api/audit/entries?limit=201", "/api/audit/entries?tenant=x", "/api/audit/entries?outcome=maybe",
        "/api/audit/entries?from=yesterday", "/api/audit/entries?text=%00", "/api/audit/entries/first"
    })
    void badInputIsRefused(String path) throws Exception {
        HttpResponse<String> answer = get(auditor(), path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_input");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(status(auditor(), "/api/audit/entries/999999999")).isEqualTo(404);
        assertThat(status(auditor(), "/api/audit/entries/999999999/proof")).isEqualTo(404);
        assertThat(status(auditor(), "/api/audit/entries/-1")).isEqualTo(404);
    }

    @Test
    void readingStandsInTheTrailOnceAMinuteForEachFilter() throws Exception {
        String reader = issuer.person("rita", "auditors");
        for (int i = 0; i < 3; i++) {
            read(reader, "/api/audit/entries?actor=ann&before=" + (100 - i), AuditPage.class);
        }
        read(reader, "/api/audit/entries?actor=bob", AuditPage.class);
        read(reader, "/api/audit/entries/3", AuditEntry.class);
        post(reader, "/api/audit/verifications");
        get(reader, "/api/audit/entries/3/proof");
        get(reader, "/api/audit/bundle");
        assertThat(column("select action || ' ' || subject_id || coalesce(' ' || (after -> 'filter')::text, '') from audit.entry where actor = 'rita' order by at")).containsExactly(
                "audit.read entries {\"actor\": \"ann\"}", "audit.read entries {\"actor\": \"bob\"}", "audit.read 3", "audit.verify all", "audit.export 3", "audit.export bundle");
    }

    @Test
    void theBundleAndAProofHoldOnTheAuditorsOwnMachine() throws Exception {
        Path kept = Files.writeString(folder.resolve("kept.txt"), seal().checkpoint().note());
        Path key = Files.writeString(folder.resolve("key.txt"), seal().verifierKey() + "\n");
        Path copies = Files.copy(folder.resolve("checkpoints.txt"), folder.resolve("copies.txt"));
        // Each is outside before the database has it, and a bundle is what the database has.
        long copied = new CheckpointFile(copies, Files.readString(kept).lines().findFirst().orElseThrow()).last().orElseThrow().checkpoint().size();
        await().atMost(Duration.ofSeconds(30)).until(() -> seal().checkpoint().size() >= copied);
        HttpResponse<Path> answer = http.send(request(auditor(), "/api/audit/bundle").build(), HttpResponse.BodyHandlers.ofFile(folder.resolve("bundle.zip")));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).contains("attachment", ".zip");
        OfflineVerifier.Answer bundle = OfflineVerifier.run(answer.body(), "--checkpoint", kept.toString(), "--key", key.toString());
        assertThat(bundle.exit()).as(bundle.text()).isZero();
        OfflineVerifier.Answer held = OfflineVerifier.run(answer.body(), "--checkpoint", copies.toString());
        assertThat(held.exit()).as("every copy outside is one an auditor may have kept: " + held.text()).isZero();

        Path proof = Files.writeString(folder.resolve("entry-2.json"), get(auditor(), "/api/audit/entries/2/proof").body());
        OfflineVerifier.Answer single = OfflineVerifier.run(proof, "--key", key.toString());
        assertThat(single.exit()).as(single.text()).isZero();
        assertThat(single.text()).contains("100%_done");
    }

    @Test
    void verifyingNowFindsNothingAndIsRemembered() throws Exception {
        HttpResponse<String> answer = post(auditor(), "/api/audit/verifications");
        Verification verification = JSON.readValue(answer.body(), Verification.class);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.intact()).isTrue();
        assertThat(verification.entries()).isGreaterThanOrEqualTo(123);
        assertThat(verification.checkpoints()).isPositive();
        assertThat(seal().lastVerification()).isNotNull();
        // Asking was an entry too: while its checkpoint is published, the copies already end with a newer one than the database's last.
        await().atMost(Duration.ofSeconds(30)).until(() -> seal().checkpoint().copies() == 1);
    }

    @Test
    void entriesAreSealedAndCoveredWithinSeconds() throws Exception {
        long before = seal().checkpoint().size();
        try (Connection connection = database.connectAsAdmin()) {
            append(connection, "dave", "thing.change", "new", "done", null);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> seal().checkpoint().size() > before);
        assertThat(column("select count(*) from quota.change where kind = 'audit' and state = 'checkpoint'").getFirst()).isNotEqualTo("0");
    }

    @Test
    void anOperatorSeesWhatWaitsAndTheAlarm() {
        MeterRegistry metrics = context.getBean(MeterRegistry.class);
        // An entry of the test before may be noticed between the two.
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(metrics.get("penstock.audit.waiting").gauge().value()).isZero();
            assertThat(metrics.get("penstock.audit.waiting.oldest").gauge().value()).isZero();
        });
        assertThat(metrics.get("penstock.audit.checkpoint.age").gauge().value()).isBetween(0.0, 120.0);
        assertThat(metrics.get("penstock.audit.turn.age").gauge().value()).isBetween(0.0, 10.0);
        assertThat(metrics.get("penstock.audit.alarm").gauge().value()).isZero();
    }

    private static String auditor() {
        return issuer.person("eve", "auditors");
    }

    private static SealStatus seal() throws Exception {
        return read(auditor(), "/api/audit/seal", SealStatus.class);
    }

    private static <T> T read(String token, String path, Class<T> type) throws Exception {
        HttpResponse<String> answer = get(token, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readValue(answer.body(), type);
    }

    private static int status(String token, String path) throws Exception {
        return http.send(request(token, path).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
        return http.send(request(token, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String token, String path) throws IOException, InterruptedException {
        return http.send(request(token, path).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
    }

    private static void append(Connection connection, String actor, String action, String subject, String outcome, String tenant) throws SQLException {
        try (var settings = connection.prepareStatement("""
                        select set_config('penstock.actor', ?, false), set_config('penstock.actor_kind', 'person', false), set_config('penstock.tenant', ?, false)""");
                var append = connection.prepareStatement("select audit.append(?, 'thing', ?, null, null, ?, null, null, '{\"n\": 1}')")) {
            settings.setString(1, actor);
            settings.setString(2, tenant == null ? "" : tenant);
            settings.execute();
            append.setString(1, action);
            append.setString(2, subject);
            append.setString(3, outcome);
            append.execute();
        }
    }

    private static List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connectAsAdmin(); var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}

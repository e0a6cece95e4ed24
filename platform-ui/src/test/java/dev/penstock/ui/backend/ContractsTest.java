package dev.penstock.ui.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** The clients as wired, against a real server. */
class ContractsTest {

    private final Scenario clock = new Scenario();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final PortalSession session = new PortalSession(
            new Tokens("first", clock.instant(), clock.instant().plusSeconds(300), "refresh", null),
            present -> new Tokens("second", clock.instant(), clock.instant().plusSeconds(300), "refresh", null),
            clock);
    private SmallServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SmallServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static RestClient client(URI uri) {
        return Contracts.restClient("platform-backend", uri, Duration.ofSeconds(1), Duration.ofSeconds(5), new JsonMapper());
    }

    private <T> T client(Class<T> contract) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client(server.uri()))).build().createClient(contract);
    }

    private void answers(String path, int status, String type, String body) {
        server.on(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + SmallServer.bearer(exchange));
            SmallServer.json(exchange, status, type, body);
        });
    }

    @Test
    void idsAndFiltersAreWrittenAsTheServicesReadThem() {
        answers("/api/slice-requests", 200, "application/json", "[]");

        session.as(() -> assertThat(client(SliceRequestsApi.class).list(Ids.RESEARCH, Ids.VISION, RequestState.SUBMITTED)).isEmpty());

        assertThat(asked).containsExactly("GET /api/slice-requests?tenant=" + Ids.RESEARCH + "&project=" + Ids.VISION + "&state=SUBMITTED Bearer first");
    }

    @Test
    void whatIsNotAskedForIsLeftAwayAndTimesAreIso() {
        answers("/api/audit/entries", 200, "application/json", "{\"entries\":[],\"matching\":0,\"next\":null}");

        session.as(() -> client(AuditApi.class).entries(null, 50, "a b", null, null, null, null, Instant.parse("2026-11-20T00:00:00Z"), null));

        assertThat(asked).singleElement().asString().contains("limit=50", "text=a%20b", "from=2026-11-20T00%3A00%3A00Z").doesNotContain("actor", "before");
    }

    @Test
    void aProblemKeepsItsCodeItsWordsItsReferenceAndItsNumbers() {
        answers(
                "/api/slice-requests",
                409,
                "application/problem+json",
                """
                {"type":"urn:penstock:problem:limit_reached","title":"A limit would be exceeded.","status":409,"detail":"research-vision holds 4 of 4.",
                 "code":"limit_reached","blame":"caller","reference":"4e81-c07a","limit":4,"used":4,"asked":1,"owner":"research-vision"}""");

        session.as(() -> {
            var problem = catchThrowableOfType(BackendProblem.class, () -> client(SliceRequestsApi.class).list(null, null, null));
            assertThat(problem.problem()).isEqualTo(Problem.LIMIT_REACHED);
            assertThat(problem.title()).isEqualTo("A limit would be exceeded.");
            assertThat(problem.detail()).isEqualTo("research-vision holds 4 of 4.");
            assertThat(problem.reference()).isEqualTo("4e81-c07a");
            assertThat(problem.members()).containsEntry("limit", 4).containsEntry("owner", "research-vision").doesNotContainKeys("code", "title");
        });
    }

    @Test
    void anErrorPageOfSomethingBetweenIsSaidInWordsToo() {
        answers("/api/slice-requests", 502, "text/html", "<h1>Bad gateway</h1>");

        session.as(() -> assertThatThrownBy(() -> client(SliceRequestsApi.class).list(null, null, null))
                .isInstanceOfSatisfying(BackendProblem.class, problem -> {
                    assertThat(problem.problem()).isEqualTo(Problem.INTERNAL);
                    assertThat(problem.detail()).isEqualTo("platform-backend answered with status 502.");
                }));
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        server.close();

        session.as(() -> assertThatThrownBy(() -> client(SliceRequestsApi.class).list(null, null, null))
                .isInstanceOf(BackendProblem.class)
                .hasMessageContaining("platform-backend does not answer."));
    }

    @Test
    void aTokenThatIsRefusedIsReplacedAndTheCallRepeatedOnce() {
        server.on("/api/slice-requests", exchange -> {
            asked.add(SmallServer.bearer(exchange));
            boolean known = SmallServer.bearer(exchange).endsWith("second");
            SmallServer.json(exchange, known ? 200 : 401, known ? "application/json" : "application/problem+json", known ? "[]" : "{\"code\":\"not_signed_in\"}");
        });

        session.as(() -> assertThat(client(SliceRequestsApi.class).list(null, null, null)).isEmpty());

        assertThat(asked).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void withoutASessionNothingIsSent() {
        answers("/api/slice-requests", 200, "application/json", "[]");

        assertThatThrownBy(() -> client(SliceRequestsApi.class).list(null, null, null)).isInstanceOf(SignedOut.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void theBundlePassesThroughAndARefusalDoesNot() {
        answers(AuditApi.BUNDLE, 200, "application/zip", "PK");
        var bundle = new AuditBundle(client(server.uri()), new JsonMapper());

        session.as(() -> assertThat(written(bundle)).isEqualTo("PK"));
    }

    @Test
    void aRefusedBundleWritesNothing() {
        answers(AuditApi.BUNDLE, 403, "application/problem+json", "{\"code\":\"not_allowed\",\"title\":\"Your role does not allow this.\"}");
        var bundle = new AuditBundle(client(server.uri()), new JsonMapper());
        var out = new ByteArrayOutputStream();

        session.as(() -> assertThatThrownBy(() -> bundle.writeTo(out)).isInstanceOf(BackendProblem.class));
        assertThat(out.size()).isZero();
    }

    private static String written(AuditBundle bundle) {
        var out = new ByteArrayOutputStream();
        try {
            bundle.writeTo(out);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

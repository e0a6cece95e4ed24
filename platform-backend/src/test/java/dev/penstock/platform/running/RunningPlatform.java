package dev.penstock.platform.running;

import dev.penstock.db.DatabaseRole;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.testing.TestIssuer;
import dev.penstock.platform.PlatformBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The program, started once per test JVM; each test makes a tenancy of its own. */
public final class RunningPlatform implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicLong NAMES = new AtomicLong();

    private final TestDatabase database;
    private final TestIssuer issuer;
    private final QuotaFake quota;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong ids = new AtomicLong();

    private RunningPlatform(TestDatabase database, TestIssuer issuer, QuotaFake quota, ConfigurableApplicationContext context) {
        this.database = database;
        this.issuer = issuer;
        this.quota = quota;
        this.context = context;
    }

    /** Holder idiom: started by the first test that needs it, stopped with the JVM. */
    private static final class Shared {
        static final RunningPlatform PLATFORM = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(PLATFORM::close, "stop-platform"));
        }
    }

    /** The one all tests share that need no settings of their own. */
    public static RunningPlatform shared() {
        return Shared.PLATFORM;
    }

    /** One of a test's own; close it. */
    public static RunningPlatform start(String... more) {
        TestIssuer issuer = TestIssuer.start();
        TestDatabase database = TestDatabase.create();
        QuotaFake quota = QuotaFake.start(issuer);
        List<String> arguments = new ArrayList<>(arguments(database.url(), issuer.issuer(), quota.url()));
        for (String own : more) {
            String name = own.substring(0, own.indexOf('=') + 1);
            arguments.removeIf(usual -> usual.startsWith(name));
            arguments.add(own);
        }
        ConfigurableApplicationContext context = new SpringApplicationBuilder(PlatformBackend.class)
                .properties("spring.config.name=platform-backend")
                .run(arguments.toArray(String[]::new));
        return new RunningPlatform(database, issuer, quota, context);
    }

    /** Everything that has no default. */
    static List<String> arguments(String database, String issuer, String quota) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--penstock.identity.issuer=" + issuer,
                "--penstock.identity.admin-groups=penstock-admins",
                "--penstock.identity.auditor-groups=penstock-auditors",
                "--penstock.identity.finance-groups=penstock-finance",
                "--penstock.database.url=" + database,
                "--penstock.quota-service.url=" + quota,
                "--penstock.quota-service.client-id=platform-backend",
                "--penstock.quota-service.client-secret=secret",
                "--penstock.quota-service.token-uri=" + quota + "/token",
                "--penstock.cluster.kubeconfig=" + UnreachableCluster.kubeconfig(),
                "--springdoc.writer-with-order-by-keys=true",
                "--penstock.registry.poll=200ms",
                "--penstock.registry.first-back-off=100ms",
                "--penstock.registry.longest-back-off=400ms"));
        for (DatabaseRole role : List.of(
                DatabaseRole.PLATFORM_WEB, DatabaseRole.PLATFORM_ORG, DatabaseRole.PLATFORM_RECONCILE, DatabaseRole.PLATFORM_SNAPSHOT)) {
            String job = role.name().substring("PLATFORM_".length()).toLowerCase(Locale.ROOT);
            arguments.add("--penstock.database." + job + ".username=" + role.roleName());
            arguments.add("--penstock.database." + job + ".password=" + TestDatabase.PASSWORD);
        }
        return arguments;
    }

    public TestDatabase database() {
        return database;
    }

    public TestIssuer issuer() {
        return issuer;
    }

    public QuotaFake quota() {
        return quota;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public String url() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    public String admin() {
        return issuer.person("admin", "penstock-admins");
    }

    public String auditor() {
        return issuer.person("auditor", "penstock-auditors");
    }

    public String finance() {
        return issuer.person("finance", "penstock-finance");
    }

    public String service() {
        return issuer.service("platform-backend", "quota.registry", "quota.reservations");
    }

    /** A tenancy whose name nobody else uses. */
    public Tenancy tenancy() {
        return Tenancy.create(this, "tenant-" + NAMES.incrementAndGet());
    }

    /** An id that no other test uses. */
    public UUID nextId() {
        return new UUID(0x7000, ids.incrementAndGet());
    }

    /** @param token null: none is sent */
    public Answer call(String method, String path, @Nullable String token, @Nullable Object body) {
        return send(method, path, token, body == null ? null : JSON.writeValueAsString(body));
    }

    /** With a body exactly as written. */
    public Answer send(String method, String path, @Nullable String token, @Nullable String body) {
        try {
            HttpResponse<String> response = http.send(request(method, path, token, body), HttpResponse.BodyHandlers.ofString());
            JsonNode json = response.body().startsWith("{") || response.body().startsWith("[") ? JSON.readTree(response.body()) : MissingNode.getInstance();
            return new Answer(response.statusCode(), json, response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status alone; the body is not read to its end, which for a stream is far away. */
    public int status(String method, String path, @Nullable String token, @Nullable Object body) {
        try {
            HttpResponse<InputStream> response = http.send(request(method, path, token, body == null ? null : JSON.writeValueAsString(body)), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream of events; close it. */
    public Stream<String> lines(String path, String token) throws IOException, InterruptedException {
        return http.send(request("GET", path, token, null), HttpResponse.BodyHandlers.ofLines()).body();
    }

    public Answer get(String path, String token) {
        return call("GET", path, token, null);
    }

    public Answer put(String path, String token, Object body) {
        return call("PUT", path, token, body);
    }

    public Answer post(String path, String token, Object body) {
        return call("POST", path, token, body);
    }

    Answer mustPut(String path, String token, Object body) {
        Answer answer = put(path, token, body);
        if (answer.status() != 200) {
            throw new AssertionError(path + " answered " + answer);
        }
        return answer;
    }

    private HttpRequest request(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    /** What the trail says of a thing, oldest first. */
    public List<AuditRow> trail(Object subjectId) {
        return entries("subject_id", subjectId.toString());
    }

    /** What the trail says a person did or was refused, oldest first. */
    public List<AuditRow> trailOf(String actor) {
        return entries("actor", actor);
    }

    private List<AuditRow> entries(String column, String value) {
        try (var connection = database.connectAsAdmin();
                var query = connection.prepareStatement(
                        "select actor, actor_kind, action, outcome, reason, before, after, tenant_id from audit.entry where " + column + " = ? order by at")) {
            query.setString(1, value);
            List<AuditRow> rows = new ArrayList<>();
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    rows.add(new AuditRow(
                            found.getString(1), found.getString(2), found.getString(3), found.getString(4), found.getString(5), found.getString(6), found.getString(7), found.getString(8)));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the database behind the program's back, as its administrator. */
    public int sql(String statement) {
        try (var connection = database.connectAsAdmin(); var update = connection.createStatement()) {
            return update.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same from outside of this database, to cut it off and open it again. */
    public void sqlElsewhere(String statement) {
        String server = database.url().substring(0, database.url().lastIndexOf('/') + 1) + "postgres";
        try (var connection = DriverManager.getConnection(server, database.admin(), database.adminPassword()); var update = connection.createStatement()) {
            update.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String databaseName() {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        context.close();
        quota.close();
        issuer.close();
        database.close();
    }
}

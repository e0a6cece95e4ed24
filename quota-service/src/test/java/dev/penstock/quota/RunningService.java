package dev.penstock.quota;

import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.testing.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** The real program on a real database, asked over HTTP with really signed tokens. Started once for all tests; each makes tenants of its own. */
public final class RunningService {

    /** In 10⁻¹² of the currency, for a token of {@link #SKU} at the {@linkplain #priced() service with a price book}. */
    public static final long INPUT_PRICE = 200_000;
    public static final long OUTPUT_PRICE = 600_000;
    public static final String SKU = "qwen2.5-7b-instruct";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestDatabase database;
    private final TestIssuer issuer = TestIssuer.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final String address;

    /** Holder idiom: started by the first test that needs it. */
    private static final class Started {
        static final RunningService SERVICE = new RunningService(TestDatabase.create());
    }

    private RunningService(TestDatabase database, String... further) {
        this.database = database;
        List<String> arguments = arguments(database.url(), issuer.issuer());
        // Tests that are about it take the turns themselves.
        arguments.addAll(List.of("--penstock.reconciliation.every=1h", "--penstock.health.sample-every=1h", "--penstock.health.recent=2h"));
        Stream.of(further).forEach(own -> arguments.removeIf(usual -> name(usual).equals(name(own))));
        arguments.addAll(List.of(further));
        context = new SpringApplicationBuilder(QuotaService.class, ForTests.class)
                // Tests of the other mode ask for it.
                .properties("spring.config.name=quota-service", "springdoc.writer-with-order-by-keys=true", "penstock.admission.mode=direct")
                .run(arguments.toArray(String[]::new));
        address = "http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort();
        Runtime.getRuntime().addShutdownHook(new Thread(context::close, "stop-quota-service"));
    }

    private static final class Priced {
        static final RunningService SERVICE = withPrices(another("--penstock.settlement.sweep-every=1h", "--penstock.database.settle.pool-size=24"));
    }

    /** The one with a price book, on a database of its own; it looks for attempts that nobody settled when a test says so. */
    public static RunningService priced() {
        return Priced.SERVICE;
    }

    /** On that database, with a price book. */
    public static RunningService pricedOn(TestDatabase database, String... further) {
        return withPrices(on(database, further));
    }

    private static RunningService withPrices(RunningService service) {
        service.execute("""
                insert into quota.price_book (version, currency, effective_from, made_by, made_at) values (1, 'EUR', '2020-01-01 00:00+00', 'test', now());
                insert into quota.price (version, sku, meter, price)
                select 1, '%s', meter, price from (values ('INPUT', %d), ('CACHE_READ', %d), ('OUTPUT', %d)) as p(meter, price)"""
                .formatted(SKU, INPUT_PRICE, INPUT_PRICE / 10, OUTPUT_PRICE));
        return service;
    }

    /** Another one, on a database of its own: for tests that move the clock or stop what runs. */
    public static RunningService another(String... further) {
        return on(TestDatabase.create(), further);
    }

    /** On that database. */
    public static RunningService on(TestDatabase database, String... further) {
        return new RunningService(database, further);
    }

    public static RunningService get() {
        return Started.SERVICE;
    }

    /** Everything that has no default, with a test's own values where it has any. */
    public static String[] argumentsWith(List<String> own, String url, String issuer) {
        Set<String> names = own.stream().map(RunningService::name).collect(Collectors.toSet());
        return Stream.concat(arguments(url, issuer).stream().filter(usual -> !names.contains(name(usual))), own.stream()).toArray(String[]::new);
    }

    private static String name(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    /** Everything that has no default. */
    static List<String> arguments(String url, String issuer) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--penstock.identity.issuer=" + issuer,
                "--penstock.identity.admin-groups=penstock-admins",
                "--penstock.identity.auditor-groups=penstock-auditors",
                "--penstock.identity.finance-groups=penstock-finance",
                "--penstock.database.url=" + url,
                "--penstock.audit.origin=audit.test",
                "--penstock.grants.gateway-address=https://models.test/v1",
                "--penstock.upstreams.allowed-networks=127.0.0.1/32", "--penstock.gateway.anthropic-betas=named-for-tests-2026-01-01",
                "--penstock.gateway.port=0"));
        for (String job : List.of("web", "org", "snapshot", "reserve", "seal", "settle")) {
            arguments.add("--penstock.database." + job + ".username=quota_" + job);
            arguments.add("--penstock.database." + job + ".password=" + TestDatabase.PASSWORD);
        }
        try {
            Path folder = Files.createTempDirectory("quota-service-test");
            Path key = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]));
            arguments.add("--penstock.audit.signing-key-file=" + key);
            arguments.add("--penstock.audit.checkpoint-file=" + folder.resolve("checkpoints"));
            arguments.add("--penstock.journal.folder=" + Files.createDirectory(folder.resolve("journal")));
            Path ring = Files.writeString(folder.resolve("ring"), "1 " + Base64.getEncoder().encodeToString(new byte[32]));
            arguments.add("--penstock.keys.pepper-file=" + ring);
            arguments.add("--penstock.routes.secrets-key-file=" + ring);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return arguments;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public String address() {
        return address;
    }

    /** As the operating system asks it to. */
    public void stop() {
        context.close();
    }

    public TestIssuer issuer() {
        return issuer;
    }

    public String admin() {
        return issuer.person("admin", "penstock-admins");
    }

    /** A token of platform-backend. */
    public String service() {
        return issuer.service("platform-backend", "quota.registry", "quota.reservations", "quota.slice-time", "quota.routes");
    }

    public Answer send(@Nullable String token, String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(answer.statusCode(), json ? JSON.readTree(answer.body()) : JSON.nullNode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** First column of every row, as the administrator of the database sees it. */
    public List<String> column(String sql) {
        try (Connection connection = database.connectAsAdmin();
                var rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Done by the administrator of the database, behind the program's back. */
    public void execute(String sql) {
        try (Connection connection = database.connectAsAdmin();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Not annotated, so that only who names it gets it. */
    static class ForTests {

        @Bean
        @Primary
        AdjustableClock adjustableClock() {
            return new AdjustableClock();
        }

        @Bean
        TestSteps testSteps() {
            return new TestSteps();
        }
    }
}

package dev.penstock.frametest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.Change;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.MissingSetting;
import dev.penstock.frame.ServiceFrame;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.identity.CurrentCaller;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.JobsInUse;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.live.LiveStreams;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.frame.testing.TestIssuer;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A small application in the frame, asked over HTTP with really signed tokens. */
@Timeout(180)
class FrameTest {

    private static final TenantId TENANT = new TenantId(new UUID(7, 7));

    private static TestDatabase database;
    private static TestIssuer issuer;
    private static ConfigurableApplicationContext context;
    private static String address;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        issuer = TestIssuer.start();
        context = new SpringApplicationBuilder(App.class)
                .properties(
                        "server.port=0",
                        "penstock.identity.issuer=" + issuer.issuer(),
                        "penstock.identity.clock-skew=1s",
                        "penstock.database.url=" + database.url(),
                        "penstock.database.web.username=platform_web",
                        "penstock.database.web.password=" + TestDatabase.PASSWORD,
                        "penstock.database.snapshot.username=platform_snapshot",
                        "penstock.database.snapshot.password=" + TestDatabase.PASSWORD)
                .run();
        address = "http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        context.close();
        issuer.close();
        database.close();
    }

    @BeforeEach
    void forgetEntries() throws SQLException {
        try (Connection connection = database.connectAsAdmin()) {
            connection.createStatement().execute("truncate audit.entry cascade");
        }
    }

    @Test
    void aTokenThatDoesNotHoldIsRefusedAndRecorded() throws Exception {
        assertThat(post(issuer.expired("late"))).contains("401", "not_signed_in", "expired");
        assertThat(post(issuer.wrongAudience("elsewhere"))).contains("401", "not_signed_in", "aud");
        assertThat(post(issuer.forged("stranger", "admins"))).contains("401", "not_signed_in");
        assertThat(post("not-a-token")).contains("401");
        assertThat(entries()).hasSize(4).allMatch(entry -> entry.startsWith("anonymous access.authenticate refused"));
    }

    @Test
    void aRequestWithoutATokenIsRefusedButNotRecorded() throws Exception {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + "/things")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(entries()).isEmpty();
    }

    @Test
    void nobodyFillsTheTrailWithBadTokens() throws Exception {
        for (int i = 0; i < 60; i++) {
            post("not-a-token");
        }
        assertThat(entries().size()).isBetween(1, 40);
    }

    @Test
    void aRefusedChangeIsRecordedWithItsReasonAndReference() throws Exception {
        HttpResponse<String> answer = send(issuer.person("ann"), "DELETE", "/tenants/" + TENANT + "/things/5", null);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"code\":\"wrong_state\"", "\"blame\":\"caller\"", "\"holder\":\"bob\"", "\"detail\":\"It is in use.\"");
        String reference = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(answer.body()).contains("\"reference\":\"" + reference + "\"");
        assertThat(entries()).containsExactly("ann thing.remove refused 5 " + TENANT + " " + reference + " wrong_state: It is in use.");
    }

    @Test
    void aWrongBodySaysWhichField() throws Exception {
        HttpResponse<String> answer = send(issuer.person("ann"), "POST", "/things", "{\"name\": \" \"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_input", "\"field\":\"name\"");
        assertThat(send(issuer.person("ann"), "POST", "/things", "{nonsense").statusCode()).isEqualTo(400);
        assertThat(entries()).hasSize(2);
    }

    @Test
    void anAccidentOfOursTellsOnlyAReference() throws Exception {
        HttpResponse<String> answer = send(issuer.person("ann"), "GET", "/things", null);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal\"").doesNotContain("secret detail");
    }

    /** Half an export must not pass for a whole one: the connection breaks, and no problem is written behind what went before. */
    @Test
    void anAnswerThatFailsHalfwayIsBrokenOff() {
        assertThatThrownBy(() -> send(issuer.person("ann"), "GET", "/things/all", null)).isInstanceOf(IOException.class);
    }

    @Test
    void whatDoesNotExistIsNotFound() throws Exception {
        HttpResponse<String> answer = send(issuer.person("ann"), "GET", "/nowhere", null);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }

    @Test
    void theSettingThatIsMissingIsNamed() {
        SpringApplicationBuilder bare = new SpringApplicationBuilder(App.class).properties(
                "server.port=0",
                "penstock.database.url=jdbc:postgresql://localhost:1/x",
                "penstock.database.web.username=a", "penstock.database.web.password=b",
                "penstock.database.snapshot.username=a", "penstock.database.snapshot.password=b");
        assertThat(catchStart(bare)).hasRootCauseInstanceOf(MissingSetting.class).hasStackTraceContaining("penstock.identity.issuer");
    }

    @Test
    void aChangeThatCommitsLateIsNotSkipped() throws Exception {
        try (Stream stream = open(issuer.person("ann"), null); Connection late = database.connectAsAdmin()) {
            stream.next();
            late.setAutoCommit(false);
            late.createStatement().execute("insert into platform.change (kind, subject) values ('test', 'begun first')");
            tell("begun second");
            late.commit();
            assertThat(List.of(stream.nextSubject(), stream.nextSubject())).containsExactly("begun first", "begun second");
        }
    }

    @Test
    void aPageThatComesBackGetsWhatItMissed() throws Exception {
        String cursor;
        try (Stream stream = open(issuer.person("ann"), null)) {
            stream.next();
            tell("seen");
            assertThat(stream.nextSubject()).isEqualTo("seen");
            cursor = stream.cursor;
        }
        tell("missed");
        tell("hidden");
        tell("missed too");
        try (Stream stream = open(issuer.person("ann"), cursor)) {
            stream.next();
            assertThat(List.of(stream.nextSubject(), stream.nextSubject())).containsExactly("missed", "missed too");
        }
    }

    @Test
    void aStreamEndsWithItsToken() throws Exception {
        String brief = issuer.spoilt("ann", claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(2))));
        Instant begun = Instant.now();
        try (Stream stream = open(brief, null)) {
            stream.toEnd();
        }
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    private static Throwable catchStart(SpringApplicationBuilder builder) {
        try {
            builder.run().close();
            throw new AssertionError("it started");
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static void tell(String subject) {
        context.getBean(JobTransactions.class).acrossTenants(Job.WEB, Actor.system("test"), () -> {
            context.getBean(Changes.class).tell("test", null, null, subject, null);
            return true;
        });
    }

    private static String post(String token) throws Exception {
        HttpResponse<String> answer = send(token, "POST", "/things", "{\"name\": \"x\"}");
        return answer.statusCode() + " " + answer.body();
    }

    private static HttpResponse<String> send(String token, String method, String path, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
        request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> entries() throws SQLException {
        List<String> entries = new ArrayList<>();
        try (Connection connection = database.connectAsAdmin();
                var rows = connection.createStatement().executeQuery("""
                        select concat_ws(' ', actor, action, outcome, subject_id, tenant_id, reference, reason) from audit.entry order by at""")) {
            while (rows.next()) {
                entries.add(rows.getString(1));
            }
        }
        return entries;
    }

    private static Stream open(String token, @Nullable String cursor) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + Change.PATH)).header("Authorization", "Bearer " + token);
        if (cursor != null) {
            request.header("Last-Event-ID", cursor);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Stream(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    private static final class Stream implements AutoCloseable {
        private final BufferedReader reader;
        private String cursor = "";

        Stream(BufferedReader reader) {
            this.reader = reader;
        }

        /** The next event's data. */
        String next() throws IOException {
            String data = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id:")) {
                    cursor = line.substring(3).trim();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.isEmpty() && !cursor.isEmpty()) {
                    return data;
                }
            }
            throw new IOException("the stream ended");
        }

        String nextSubject() throws IOException {
            String data = next();
            while (!data.contains("\"subject\"")) {
                data = next();
            }
            return data.replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1");
        }

        void toEnd() throws IOException {
            while (reader.readLine() != null) {
                assertThat(reader).isNotNull();
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ServiceFrame.class, Things.class})
    static class App {

        @Bean
        JobsInUse jobsInUse() {
            return new JobsInUse("platform", Set.of(Job.WEB, Job.SNAPSHOT));
        }
    }

    record Thing(@NotBlank String name) {}

    @RestController
    static class Things {

        private final CurrentCaller callers;
        private final LiveStreams streams;

        Things(CurrentCaller callers, LiveStreams streams) {
            this.callers = callers;
            this.streams = streams;
        }

        @PostMapping("/things")
        @Audited(action = "thing.make", subject = "thing")
        Thing make(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @GetMapping("/things")
        @Audited(action = "thing.list", subject = "thing")
        List<Thing> list() {
            throw new IllegalStateException("secret detail");
        }

        @GetMapping("/things/all")
        @Audited(action = "thing.export", subject = "thing")
        void export(HttpServletResponse response) throws IOException {
            response.getOutputStream().write("first\nsecond\n".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            throw new IllegalStateException("the third cannot be read");
        }

        @DeleteMapping("/tenants/{tenant}/things/{thing}")
        @Audited(action = "thing.remove", subject = "thing", id = "thing")
        void remove(@PathVariable TenantId tenant, @PathVariable String thing) {
            throw new ProblemException(Problem.WRONG_STATE, "It is in use.").with("holder", "bob").with("nothing", null);
        }

        @GetMapping(Change.PATH)
        @Audited(action = "live.read", subject = "live")
        SseEmitter live(@RequestParam(required = false) @Nullable String cursor, @org.springframework.web.bind.annotation.RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
            Caller caller = callers.get();
            return streams.stream(change -> !change.subject().equals("hidden"), last == null ? cursor : last, caller.expires());
        }
    }
}

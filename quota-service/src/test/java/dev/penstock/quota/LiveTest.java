package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class LiveTest {

    private final RunningService service = RunningService.get();
    private final TestTenant tenant = TestTenant.register();

    /** A member of one project hears of it and of the tenant, and neither of the other project nor of another tenant nor of the trail. */
    @Test
    void everybodyHearsOfWhatTheyMaySee() throws Exception {
        TestTenant other = TestTenant.register();
        try (Stream stream = open(service.issuer().person("someone", tenant.memberGroup()))) {
            other.limit(null, "GPU_TIME", null, 1L).is(200);
            tenant.limit(tenant.otherProject(), "GPU_TIME", null, 1L).is(200);
            tenant.limit(tenant.project(), "GPU_TIME", null, 1L).is(200);
            tenant.limit(null, "GPU_TIME", null, null).is(200);
            assertThat(stream.next().path("subject").asString()).isEqualTo(tenant.limitId(tenant.project(), "GPU_TIME", null).toString());
            JsonNode second = stream.next();
            assertThat(second.path("subject").asString()).isEqualTo(tenant.limitId(null, "GPU_TIME", null).toString());
            assertThat(second.path("kind").asString()).isEqualTo("limit");
            assertThat(second.path("tenant").asString()).isEqualTo(tenant.id().toString());
        }
    }

    @Test
    void aReservationIsToldToWhoSeesItsLimits() throws Exception {
        tenant.unlimited();
        try (Stream stream = open(service.issuer().person(tenant.owner()))) {
            tenant.reserve(TestTenant.newSlice(), 60).is(200);
            assertThat(stream.next().path("kind").asString()).isEqualTo("limit");
            assertThat(stream.next().path("tenant").asString()).isEqualTo(tenant.id().toString());
        }
    }

    @Test
    void anAuditorHearsThatTheTrailGrew() throws Exception {
        try (Stream stream = open(service.issuer().person("auditor", "penstock-auditors"))) {
            tenant.unlimited();
            JsonNode change = stream.next();
            while (!change.path("kind").asString().equals("audit")) {
                change = stream.next();
            }
            assertThat(change.path("tenant").isNull()).isTrue();
        }
    }

    private Stream open(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/api/live")).header("Authorization", "Bearer " + token).build();
        HttpResponse<java.io.InputStream> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        Stream stream = new Stream(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
        stream.line("event:hello");
        return stream;
    }

    private record Stream(BufferedReader reader) implements AutoCloseable {

        JsonNode next() throws IOException {
            line("event:change");
            return JsonMapper.shared().readTree(line("data:").substring("data:".length()));
        }

        String line(String start) throws IOException {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new IOException("the stream ended");
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}

package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Faults through the simulator's own paths, as a script would use them. */
class FaultTest extends ClusterTest {

    private static final String FAULTS = "/simulator/faults";
    private static final String MAPS = "/api/v1/namespaces/team/configmaps";

    private int fault(String form) {
        Caller.Answer answer = caller.post(FAULTS, form);
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer.body().path("id").asInt(0);
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void aRequestIsRefusedAsOftenAsAskedForAndOnlyThatRequest() {
        fault("{'fault':'answer','status':429,'retryAfterSeconds':2,'verb':'create','resource':'configmaps','times':2}");

        assertThat(caller.get(MAPS).status()).isEqualTo(200);
        Caller.Answer refused = caller.post(MAPS, "{'metadata':{'name':'m'}}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.reason()).isEqualTo("TooManyRequests");
        assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("2");
        assertThat(Json.text(refused.body(), "details", "retryAfterSeconds")).isEqualTo("2");
        assertThat(caller.post(MAPS, "{'metadata':{'name':'m'}}").status()).isEqualTo(429);
        assertThat(caller.post(MAPS, "{'metadata':{'name':'m'}}").status()).isEqualTo(201);
        assertThat(caller.get(FAULTS).body().path("faults")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"409, Conflict", "500, InternalError", "503, ServiceUnavailable", "418, Unknown"})
    void everyStatusCanBeAskedFor(int status, String reason) {
        fault("{'fault':'answer','status':" + status + ",'verb':'patch','resource':'pods'}");
        Caller.Answer answer = caller.apply(PODS + "/p", "m", true, pod("p", "{}"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(caller.get(PODS + "/p").status()).isEqualTo(404);
    }

    @Test
    void anApiThatIsDownAnswersNobodyAndEndsWatchesUntilTheFaultIsLifted() throws IOException {
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion="
                + Json.text(caller.get(MAPS).body(), "metadata", "resourceVersion"))) {
            int id = fault("{'fault':'api-down'}");
            assertThat(events.readLine()).isNull();
            assertThat(caller.get(MAPS).status()).isEqualTo(503);
            assertThat(caller.get("/readyz").status()).isEqualTo(503);
            caller.delete(FAULTS + "/" + id);
            assertThat(caller.get(MAPS).status()).isEqualTo(200);
        }
    }

    @Test
    void anApiThatIsDownCanAlsoDropConnectionsAndComesBackByItself() {
        long start = System.nanoTime();
        fault("{'fault':'api-down','drop':true,'seconds':0.3}");

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.get(MAPS));

        int status = 0;
        while (status != 200 && elapsed(start).toSeconds() < 10) {
            try {
                status = caller.get(MAPS).status();
            } catch (UncheckedIOException stillDown) {
                status = 0;
            }
        }
        assertThat(status).isEqualTo(200);
        assertThat(elapsed(start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aLostAnswerLeavesTheDeedDone() {
        fault("{'fault':'lose-answer','verb':'create','resource':'configmaps','times':1}");

        // The client may try a request again that is safe to repeat; a POST is not.
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> caller.post(MAPS, "{'metadata':{'name':'m'}}"));

        assertThat(caller.get(MAPS + "/m").status()).isEqualTo(200);
    }

    @Test
    void aSlowAnswerIsTheSameAnswerLater() {
        fault("{'fault':'slow','millis':300,'verb':'get','resource':'namespaces','name':'team','times':1}");
        long start = System.nanoTime();

        assertThat(caller.get(NAMESPACES + "/team").status()).isEqualTo(200);

        assertThat(elapsed(start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void theListOfFaultsCanBeReplacedReadAndLifted() {
        fault("{'fault':'node-lost','node':'gpu-01'}");

        JsonNode list = caller.put(FAULTS, "{'faults':[{'fault':'image-pull','image':'shell'},"
                + "{'fault':'crash-loop','pod':'^p','exitCode':3,'seconds':60}]}").body();

        assertThat(list.path("faults")).hasSize(2);
        assertThat(Json.text(list.path("faults").path(0), "fault")).isEqualTo("image-pull");
        assertThat(Json.text(list.path("faults").path(1), "exitCode")).isEqualTo("3");
        assertThat(Json.text(list.path("faults").path(1), "until")).isNotEmpty();
        assertThat(caller.delete(FAULTS).body().path("faults")).isEmpty();
        assertThat(caller.delete(FAULTS + "/99").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'fault':'earthquake'}", "{'fault':'answer','status':200}", "{'fault':'node-lost'}",
        "{'fault':'image-pull','image':'('}", "{'fault':'answer','status':500,'times':0}"})
    void aFaultThatCannotBeReadIsRefusedWithTheMembersName(String form) {
        Caller.Answer answer = caller.post(FAULTS, form);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).matches("(fault|status|node|image, pod|times): .*");
    }

    @Test
    void watchesAreCutAndHistoryForgottenOnDemand() throws IOException {
        String version = Json.text(caller.get(MAPS).body(), "metadata", "resourceVersion");
        caller.post(MAPS, "{'metadata':{'name':'m'}}");
        caller.post("/simulator/history/compact", "");
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + version)) {
            assertThat(Json.text(Caller.next(events), "object", "code")).isEqualTo("410");
        }
        String now = Json.text(caller.get(MAPS).body(), "metadata", "resourceVersion");
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + now)) {
            caller.post("/simulator/watches/cut", "");
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void faultsAreForThoseWithTheTokenOnly() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cluster.url() + FAULTS)).DELETE();
        assertThat(caller.send(request).status()).isEqualTo(401);
    }
}

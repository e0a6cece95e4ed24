package dev.penstock.simulators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.metrics.SimDcgm.GpuPod;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimDcgmTest {

    private static final Duration SELDOM = Duration.ofDays(1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void everyGpuOfEveryPodIsMeasuredAndNoneIsIdle() throws Exception {
        List<GpuPod> pods = List.of(new GpuPod("a", "pair", "n", 2, false), new GpuPod("a", "part", "n", 1, true));
        try (SimPrometheus prometheus = SimPrometheus.start(CLOCK); SimDcgm dcgm = SimDcgm.start(prometheus, () -> pods, CLOCK, SELDOM)) {
            dcgm.scrape();
            JsonNode each = ask(prometheus, "max_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE[60s])").path("data").path("result");
            assertThat(each).hasSize(3);
            each.forEach(series -> assertThat(Double.parseDouble(series.path("value").get(1).asString())).isBetween(0.02, 0.98));
            assertThat(ask(prometheus, "avg by (namespace,pod) (avg_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE[60s]))").path("data").path("result")).hasSize(2);
            JsonNode whole = ask(prometheus, "avg by (namespace,pod) (avg_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE{GPU_I_ID=\"\"}[60s]))").path("data").path("result");
            assertThat(whole).hasSize(1);
            assertThat(whole.get(0).path("metric").path("pod").asString()).isEqualTo("pair");
            assertThat(ask(prometheus, "sum(DCGM_FI_PROF_GR_ENGINE_ACTIVE)").path("errorType").asString()).isEqualTo("bad_data");
        }
    }

    private static JsonNode ask(SimPrometheus prometheus, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(prometheus.url() + "/api/v1/query")).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))).build();
        return JsonMapper.builder().build().readTree(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}

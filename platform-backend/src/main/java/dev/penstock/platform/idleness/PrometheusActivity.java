package dev.penstock.platform.idleness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * DCGM's metrics, asked for at a Prometheus. {@code DCGM_FI_PROF_GR_ENGINE_ACTIVE} is measured for whole GPUs and for MIG instances.
 * {@code DCGM_FI_DEV_GPU_UTIL}, which older GPUs have instead, is not: of a MIG instance it is missing or always 0, so it counts for whole
 * GPUs alone.
 *
 * <p>Whoever scrapes without {@code honor_labels} finds the exporter's own pod in {@code pod} and the one that is measured in
 * {@code exported_pod}.
 */
@Component
class PrometheusActivity implements GpuActivity {

    static final String ENGINE_ACTIVE = "DCGM_FI_PROF_GR_ENGINE_ACTIVE";
    static final String UTILIZATION = "DCGM_FI_DEV_GPU_UTIL";

    private static final String MIG_INSTANCE = "GPU_I_ID";
    private static final double PERCENT = 100;

    private final IdlenessSettings settings;
    private final RestClient client;

    PrometheusActivity(IdlenessSettings settings) {
        this.settings = settings;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.timeout()).build());
        requests.setReadTimeout(settings.timeout());
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    /** As Prometheus answers; what it says beside that is not looked at. */
    record Answer(@Nullable String status, @Nullable Data data) {

        record Data(@Nullable List<Series> result) {}

        /** @param value the time and the number, which is a text */
        record Series(Map<String, String> metric, List<Object> value) {}
    }

    @Override
    public Map<Pod, Double> highest(Duration window) {
        Map<Pod, Double> highest = new HashMap<>();
        for (Answer.Series series : ask(ENGINE_ACTIVE, window)) {
            count(highest, series, 1);
        }
        for (Answer.Series series : ask(UTILIZATION, window)) {
            if (!series.metric().containsKey(MIG_INSTANCE)) {
                count(highest, series, PERCENT);
            }
        }
        if (highest.isEmpty()) {
            throw new Unknown("Prometheus has no GPU metrics of pods: neither " + ENGINE_ACTIVE + " nor " + UTILIZATION + " of NVIDIA's DCGM exporter.");
        }
        return highest;
    }

    private static void count(Map<Pod, Double> highest, Answer.Series series, double whole) {
        Map<String, String> labels = series.metric();
        String namespace = labels.getOrDefault("exported_namespace", labels.get("namespace"));
        String pod = labels.getOrDefault("exported_pod", labels.get("pod"));
        double value = Double.parseDouble(String.valueOf(series.value().getLast()));
        // A GPU that no pod holds has no pod, and what was not measured is no number.
        if (namespace != null && pod != null && !Double.isNaN(value)) {
            highest.merge(new Pod(namespace, pod), value / whole, Math::max);
        }
    }

    private List<Answer.Series> ask(String metric, Duration window) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("query", "max_over_time(" + metric + "[" + window.toSeconds() + "s])");
        try {
            Answer answer = client.post()
                    .uri(Objects.requireNonNull(settings.prometheus()) + "/api/v1/query")
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .headers(headers -> {
                        String token = token();
                        if (token != null) {
                            headers.setBearerAuth(token);
                        }
                    })
                    .body(form)
                    .retrieve()
                    .body(Answer.class);
            return series(answer);
        } catch (RestClientException e) {
            throw new Unknown("Prometheus, which is asked for GPU activity, does not answer usably.", e);
        }
    }

    private static List<Answer.Series> series(@Nullable Answer answer) {
        if (answer == null || !"success".equals(answer.status()) || answer.data() == null) {
            throw new Unknown("Prometheus, which is asked for GPU activity, does not answer usably.");
        }
        return Objects.requireNonNullElse(answer.data().result(), List.of());
    }

    private @Nullable String token() {
        Path file = settings.tokenFile();
        try {
            return file == null ? null : Files.readString(file).strip();
        } catch (IOException e) {
            throw new Unknown("The token with which Prometheus is asked for GPU activity cannot be read.", e);
        }
    }
}

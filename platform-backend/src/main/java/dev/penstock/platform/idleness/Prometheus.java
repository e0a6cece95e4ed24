package dev.penstock.platform.idleness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Asks a Prometheus by its HTTP API. */
@Component
class Prometheus {

    private final IdlenessSettings settings;
    private final RestClient client;

    Prometheus(IdlenessSettings settings) {
        this.settings = settings;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.timeout()).build());
        requests.setReadTimeout(settings.timeout());
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    /** As Prometheus answers; what it says beside that is not looked at. */
    record Answer(@Nullable String status, @Nullable Data data) {

        record Data(@Nullable List<Series> result) {}
    }

    /** @param value the time and the number, which is a text */
    record Series(Map<String, String> metric, List<Object> value) {

        /**
         * A pod by its names; null: of no pod. Whoever scrapes without {@code honor_labels} finds the exporter's own pod in {@code pod} and the one that is
         * measured in {@code exported_pod}.
         */
        GpuActivity.@Nullable Pod pod() {
            String namespace = metric.getOrDefault("exported_namespace", metric.get("namespace"));
            String pod = metric.getOrDefault("exported_pod", metric.get("pod"));
            return namespace == null || pod == null ? null : new GpuActivity.Pod(namespace, pod);
        }

        /** What was not measured is no number. */
        double number() {
            return Double.parseDouble(String.valueOf(value.getLast()));
        }
    }

    /** @throws GpuActivity.Unknown if it does not answer usably */
    List<Series> ask(String query) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("query", query);
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
            throw new GpuActivity.Unknown("Prometheus, which is asked for GPU activity, does not answer usably.", e);
        }
    }

    private static List<Series> series(@Nullable Answer answer) {
        if (answer == null || !"success".equals(answer.status()) || answer.data() == null) {
            throw new GpuActivity.Unknown("Prometheus, which is asked for GPU activity, does not answer usably.");
        }
        return Objects.requireNonNullElse(answer.data().result(), List.of());
    }

    private @Nullable String token() {
        Path file = settings.tokenFile();
        try {
            return file == null ? null : Files.readString(file).strip();
        } catch (IOException e) {
            throw new GpuActivity.Unknown("The token with which Prometheus is asked for GPU activity cannot be read.", e);
        }
    }
}

package dev.penstock.simulators.metrics;

import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.http.HttpListener;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus that knows what it was told. Of its query language it understands {@code max_over_time(metric[seconds])} and
 * {@code avg by (labels) (avg_over_time(metric{label=""}[seconds]))}, and refuses the rest as Prometheus refuses what it cannot parse.
 */
public final class SimPrometheus implements AutoCloseable {

    private static final Pattern QUERY = Pattern.compile("max_over_time\\(([A-Za-z_]+)\\[(\\d+)s]\\)");
    private static final Pattern MEAN = Pattern.compile("avg by \\(([a-z_,]+)\\) \\(avg_over_time\\(([A-Za-z_]+)(?:\\{([A-Za-z_]+)=\"\"})?\\[(\\d+)s]\\)\\)");
    private static final Duration KEPT = Duration.ofHours(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpListener listener;
    private final Clock clock;
    private final List<Sample> samples = new ArrayList<>();
    private @Nullable String token;
    private @Nullable Integer failure;

    private SimPrometheus(HttpListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    private record Sample(String metric, Map<String, String> labels, Instant at, double value) {}

    /**
     * Starts on any free port of this machine.
     *
     * @param clock by which samples have their time and windows end
     */
    public static SimPrometheus start(Clock clock) throws IOException {
        HttpListener listener = HttpListener.bind(0);
        SimPrometheus started = new SimPrometheus(listener, clock);
        listener.serve(started::handle);
        return started;
    }

    public String url() {
        return "http://127.0.0.1:" + listener.port();
    }

    /** A sample is scraped now. */
    public synchronized void scrape(String metric, Map<String, String> labels, double value) {
        Instant now = clock.instant();
        samples.removeIf(sample -> sample.at().isBefore(now.minus(KEPT)));
        samples.add(new Sample(metric, Map.copyOf(labels), now, value));
    }

    /** From now on answers only who shows that bearer token. */
    public synchronized void demand(String bearerToken) {
        token = bearerToken;
    }

    /** From now on every question is answered with that status; null: as it should be. */
    public synchronized void fail(@Nullable Integer status) {
        failure = status;
    }

    private synchronized void handle(Exchange exchange) throws IOException {
        if (failure != null) {
            respond(exchange, failure, Map.of("status", "error", "errorType", "unavailable", "error", "as told"));
        } else if (token != null && !exchange.request().header("authorization").equals("Bearer " + token)) {
            respond(exchange, 401, Map.of("status", "error", "errorType", "unauthorized", "error", "no"));
        } else if (!exchange.request().path().equals("/api/v1/query")) {
            respond(exchange, 404, Map.of("status", "error", "errorType", "not_found", "error", exchange.request().path()));
        } else {
            answer(exchange, query(exchange));
        }
    }

    private void answer(Exchange exchange, String query) throws IOException {
        Instant now = clock.instant();
        Map<Map<String, String>, Double> series;
        Matcher highest = QUERY.matcher(query);
        Matcher mean = MEAN.matcher(query);
        if (highest.matches()) {
            series = highest(highest.group(1), now.minus(Duration.ofSeconds(Long.parseLong(highest.group(2)))), now);
        } else if (mean.matches()) {
            series = mean(List.of(mean.group(1).split(",")), mean.group(2), mean.group(3), now.minus(Duration.ofSeconds(Long.parseLong(mean.group(4)))), now);
        } else {
            respond(exchange, 400, Map.of("status", "error", "errorType", "bad_data", "error", "invalid parameter \"query\": " + query));
            return;
        }
        List<Map<String, Object>> result = series.entrySet().stream()
                .<Map<String, Object>>map(each -> Map.of("metric", each.getKey(), "value", List.of(now.getEpochSecond(), number(each.getValue()))))
                .toList();
        respond(exchange, 200, Map.of("status", "success", "data", Map.of("resultType", "vector", "result", result)));
    }

    /** Of each series its mean, and of those that agree in the labels the mean of these. What is no number makes no number. */
    private Map<Map<String, String>, Double> mean(List<String> by, String metric, @Nullable String without, Instant after, Instant until) {
        Map<Map<String, String>, List<Double>> series = labelled();
        for (Sample sample : samples) {
            boolean chosen = without == null || !sample.labels().containsKey(without);
            if (chosen && sample.metric().equals(metric) && sample.at().isAfter(after) && !sample.at().isAfter(until)) {
                series.computeIfAbsent(new TreeMap<>(sample.labels()), first -> new ArrayList<>()).add(sample.value());
            }
        }
        Map<Map<String, String>, List<Double>> groups = labelled();
        series.forEach((labels, values) -> {
            Map<String, String> group = new TreeMap<>(labels);
            group.keySet().retainAll(by);
            groups.computeIfAbsent(group, first -> new ArrayList<>()).add(mean(values));
        });
        Map<Map<String, String>, Double> means = labelled();
        groups.forEach((labels, values) -> means.put(labels, mean(values)));
        return means;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    private static <T> Map<Map<String, String>, T> labelled() {
        return new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    }

    /** As everywhere in Prometheus, what is no number is lower than every number. */
    private Map<Map<String, String>, Double> highest(String metric, Instant after, Instant until) {
        Map<Map<String, String>, Double> highest = labelled();
        for (Sample sample : samples) {
            if (sample.metric().equals(metric) && sample.at().isAfter(after) && !sample.at().isAfter(until)) {
                highest.merge(new TreeMap<>(sample.labels()), sample.value(), (one, other) -> Double.isNaN(one) || other > one ? other : one);
            }
        }
        return highest;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "NaN" : Double.toString(value);
    }

    /** In the address, or in the form that is posted. */
    private static String query(Exchange exchange) {
        for (String pair : new String(exchange.request().body(), StandardCharsets.UTF_8).split("&")) {
            if (pair.startsWith("query=")) {
                return URLDecoder.decode(pair.substring("query=".length()), StandardCharsets.UTF_8);
            }
        }
        return exchange.request().parameter("query");
    }

    private static void respond(Exchange exchange, int status, Object body) throws IOException {
        exchange.respond(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(body));
    }

    @Override
    public void close() {
        listener.close();
    }
}

package dev.penstock.simulators.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts since it started, under vLLM's names. */
final class ModelMetrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    final LongAdder promptTokens = new LongAdder();
    final LongAdder generationTokens = new LongAdder();
    final LongAdder cacheQueries = new LongAdder();
    final LongAdder cacheHits = new LongAdder();
    final Histogram firstToken = new Histogram("vllm:time_to_first_token_seconds");
    final Histogram interToken = new Histogram("vllm:inter_token_latency_seconds");
    final Histogram wholeRequest = new Histogram("vllm:e2e_request_latency_seconds");
    final Histogram queueing = new Histogram("vllm:request_queue_time_seconds");
    private final Map<String, LongAdder> ended = new ConcurrentHashMap<>();
    private final LongAdder cacheTokens = new LongAdder();
    private final EngineSettings engine;
    private final Seats seats;
    private final Instant startedAt;

    ModelMetrics(EngineSettings engine, Seats seats, Instant startedAt) {
        this.engine = engine;
        this.seats = seats;
        this.startedAt = startedAt;
    }

    /** An answer has ended, for that reason. */
    void ended(String reason) {
        ended.computeIfAbsent(reason, unused -> new LongAdder()).increment();
    }

    /** So many tokens more, or fewer, are held for running calls. */
    void hold(long tokens) {
        cacheTokens.add(tokens);
    }

    String text() {
        String labels = "engine=\"0\",model_name=\"" + engine.servedModelName().replace("\"", "\\\"") + "\"";
        StringBuilder text = new StringBuilder();
        gauge(text, "vllm:num_requests_running", labels, seats.running());
        gauge(text, "vllm:num_requests_waiting", labels, seats.waiting());
        // As if the cache held one full context for each call that may run.
        double room = (double) engine.maxNumSeqs() * engine.maxModelLen();
        gauge(text, "vllm:kv_cache_usage_perc", labels, Math.min(1, cacheTokens.sum() / room));
        counter(text, "vllm:prompt_tokens", labels, promptTokens.sum());
        counter(text, "vllm:generation_tokens", labels, generationTokens.sum());
        counter(text, "vllm:prefix_cache_queries", labels, cacheQueries.sum());
        counter(text, "vllm:prefix_cache_hits", labels, cacheHits.sum());
        text.append("# TYPE vllm:request_success counter\n");
        new TreeMap<>(ended).forEach((reason, count) -> line(text, "vllm:request_success_total",
                labels + ",finished_reason=\"" + reason + "\"", count.sum()));
        firstToken.write(text, labels);
        interToken.write(text, labels);
        wholeRequest.write(text, labels);
        queueing.write(text, labels);
        // As every program says it that counts with the Python client of Prometheus.
        text.append("# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds ")
                .append(BigDecimal.valueOf(startedAt.toEpochMilli(), 3).toPlainString())
                .append('\n');
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String labels, double value) {
        text.append("# TYPE ").append(name).append(" gauge\n");
        line(text, name, labels, value);
    }

    private static void counter(StringBuilder text, String name, String labels, long value) {
        text.append("# TYPE ").append(name).append(" counter\n");
        line(text, name + "_total", labels, value);
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}

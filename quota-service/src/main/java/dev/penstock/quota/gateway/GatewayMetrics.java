package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.journal.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is counted of the data path; docs/operations/metrics.md lists it. No label names a tenant, a key, a person, a model, or anything a client sent.
 * All are there from the start, at nothing: what appears with its first event has no increase then.
 */
final class GatewayMetrics {

    /** No connection came about: no {@link Cause} tells that from an engine that answered badly. */
    private static final String UNREACHED = "unreached";

    private static final List<Cause> FAILURES = List.of(Cause.UPSTREAM_FAILED, Cause.UPSTREAM_BROKE_OFF, Cause.TIMED_OUT);

    private final MeterRegistry registry;
    private final Map<Operation, OperationMetrics> operations = new EnumMap<>(Operation.class);
    private final OperationMetrics models;
    private final OperationMetrics nothing;
    private final Map<String, Counter> failures;
    private final Map<Meter, Counter> refused;
    private final Map<String, Counter> shed;
    private final Counter triedElsewhere;
    private final Counter steered;
    private final Counter warned;
    private final Counter spansLost;
    private final Counter putOut;
    private final Counter droppedLines;

    /** What was full: who met it was turned away before anything was asked. */
    enum Full {
        /** All calls under way at once. */
        CALLS,
        /** Those of one key, or of one person in one project. */
        HOLDER,
        /** Who waits for the database, or for a token to be verified. */
        ADMISSION_QUEUE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Operation operation : Operation.values()) {
            operations.put(operation, OperationMetrics.ofModel(registry, operation.name().toLowerCase(Locale.ROOT)));
        }
        this.models = OperationMetrics.of(registry, "models");
        this.nothing = OperationMetrics.of(registry, "none");
        this.failures = each(Stream.concat(Stream.of(UNREACHED), FAILURES.stream().map(Cause::word)), cause -> counter(
                "penstock.gateway.engine.failures", "Attempts at which an engine was at fault, by how", "cause", cause));
        this.refused = each(Stream.of(Meter.values()), meter -> counter(
                "penstock.gateway.refused", "Attempts refused by a limit, by what it counts", "meter", meter.name().toLowerCase(Locale.ROOT)));
        this.shed = each(
                Stream.concat(Stream.of(Full.values()).map(Full::word), Stream.of(Verdict.Reason.values()).map(GatewayMetrics::word)), reason -> counter(
                        "penstock.gateway.shed", "Calls turned away because something was full or away", "reason", reason));
        this.triedElsewhere = counter("penstock.gateway.tried.elsewhere", "Attempts at another target after one failed before anything reached the client");
        this.steered = counter("penstock.gateway.steered", "Attempts answered otherwise than they asked, since their project wants it so");
        this.warned = counter("penstock.gateway.warned", "Attempts whose answer says that a budget runs out");
        this.spansLost = counter("penstock.gateway.spans.lost", "Spans that the collector did not take, or that found too many waiting for it");
        this.putOut = counter("penstock.gateway.targets.put.out", "Times that a target was left out for a while");
        this.droppedLines = counter("penstock.gateway.call.log.dropped", "Lines of the log of calls that were dropped because it could not be written fast enough");
    }

    void live(Live live) {
        Gauge.builder("penstock.gateway.live", live, Live::count).description("Calls under way").register(registry);
    }

    OperationMetrics of(Operation operation) {
        return Objects.requireNonNull(operations.get(operation));
    }

    /** What lists models. */
    OperationMetrics models() {
        return models;
    }

    /** What is not there, or not to be asked so. */
    OperationMetrics nothing() {
        return nothing;
    }

    /** @param asked whether anything was sent to the engine */
    void engineFailed(Cause cause, boolean asked) {
        count(failures, asked ? cause.word() : UNREACHED);
    }

    void refused(Meter meter) {
        count(refused, meter);
    }

    /** A target failed before anything reached the client, and another is asked. */
    void triedElsewhere() {
        triedElsewhere.increment();
    }

    void spansLost(int count) {
        spansLost.increment(count);
    }

    /** An attempt is admitted. */
    void admitted(Stage.Asked asked) {
        if (asked.steered() != null) {
            steered.increment();
        }
        if (asked.wish().warning() != null) {
            warned.increment();
        }
    }

    /** A target takes no calls for a while. */
    void putOut() {
        putOut.increment();
    }

    /** The log of calls lacks one. */
    void lineDropped() {
        droppedLines.increment();
    }

    void shed(Full full) {
        count(shed, full.word());
    }

    /** Admission gave no answer. */
    void shed(Verdict.Reason reason) {
        count(shed, word(reason));
    }

    private static String word(Verdict.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static <K> void count(Map<K, Counter> counters, K which) {
        Objects.requireNonNull(counters.get(which), () -> "no counter for " + which).increment();
    }

    private static <K> Map<K, Counter> each(Stream<K> keys, Function<K, Counter> counter) {
        return keys.collect(Collectors.toUnmodifiableMap(key -> key, counter));
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}

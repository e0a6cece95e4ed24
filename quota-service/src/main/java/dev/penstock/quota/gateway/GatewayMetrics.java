package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.gateway.wire.Operation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is counted of the data path. No label names a tenant, a key or a model. What can be is there from the beginning, at 0: a counter that only
 * appears with its first event hides that event from whoever asks how much it grew.
 */
final class GatewayMetrics {

    /** Too many calls at once. */
    static final String SHED_CALLS = "calls";

    private static final Duration[] FIRST_BYTE_WITHIN = {
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private record Kind(String operation, int status) {}

    private final MeterRegistry registry;
    /** A registry takes longer to find one than everything else here. Bounded by the operations and statuses there are. */
    private final Map<Kind, Timer> calls = new ConcurrentHashMap<>();
    private final Map<String, Timer> firstBytes = new ConcurrentHashMap<>();
    private final Map<Meter, Counter> refused = new EnumMap<>(Meter.class);
    private final Counter triedElsewhere;
    private final Counter putOut;

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Operation operation : Operation.values()) {
            calls(operation.name(), 200);
            if (operation.isCharged()) {
                firstByte(operation.name());
            }
        }
        for (Meter meter : Meter.values()) {
            refused.put(meter, registry.counter("penstock.gateway.refused", "meter", meter.name().toLowerCase(Locale.ROOT)));
        }
        triedElsewhere = registry.counter("penstock.gateway.tried.elsewhere");
        putOut = registry.counter("penstock.gateway.targets.put.out");
        shed(SHED_CALLS, 0);
    }

    void live(Live live) {
        registry.gauge("penstock.gateway.live", live, Live::count);
    }

    void ended(String operation, int status, Duration took) {
        calls(operation, status).record(took);
    }

    private Timer calls(String operation, int status) {
        return calls.computeIfAbsent(new Kind(operation, status), kind -> registry.timer(
                "penstock.gateway.calls", "operation", kind.operation().toLowerCase(Locale.ROOT), "status", Integer.toString(kind.status())));
    }

    void firstByte(Operation operation, Duration after) {
        firstByte(operation.name()).record(after);
    }

    private Timer firstByte(String operation) {
        return firstBytes.computeIfAbsent(operation, name -> Timer.builder("penstock.gateway.first.byte")
                .tag("operation", name.toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(FIRST_BYTE_WITHIN)
                .register(registry));
    }

    void refused(Meter meter) {
        Objects.requireNonNull(refused.get(meter), "one for each").increment();
    }

    /** A target failed before anything reached the client, and another is asked. */
    void triedElsewhere() {
        triedElsewhere.increment();
    }

    /** A target takes no calls for a while. */
    void putOut() {
        putOut.increment();
    }

    /** @param reason what was full or away */
    void shed(String reason) {
        shed(reason, 1);
    }

    private void shed(String reason, int calls) {
        registry.counter("penstock.gateway.shed", "reason", reason).increment(calls);
    }
}

package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of the data path. No label names a tenant, a key or a model. */
final class GatewayMetrics {

    private record Kind(String operation, int status) {}

    private final MeterRegistry registry;
    /** A registry takes longer to find one than everything else here. Bounded by the operations and statuses there are. */
    private final Map<Kind, Timer> calls = new ConcurrentHashMap<>();

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void live(Live live) {
        registry.gauge("penstock.gateway.live", live, Live::count);
    }

    void ended(String operation, int status, Duration took) {
        calls.computeIfAbsent(new Kind(operation, status), kind -> registry.timer(
                "penstock.gateway.calls", "operation", kind.operation().toLowerCase(Locale.ROOT), "status", Integer.toString(kind.status()))).record(took);
    }

    void firstByte(String operation, Duration after) {
        registry.timer("penstock.gateway.first.byte", "operation", operation).record(after);
    }

    void refused(Meter meter) {
        registry.counter("penstock.gateway.refused", "meter", meter.name().toLowerCase(Locale.ROOT)).increment();
    }

    /** A target failed before anything reached the client, and another is asked. */
    void triedElsewhere() {
        registry.counter("penstock.gateway.tried.elsewhere").increment();
    }

    /** A target takes no calls for a while. */
    void putOut() {
        registry.counter("penstock.gateway.targets.put.out").increment();
    }

    /** @param reason what was full or away */
    void shed(String reason) {
        registry.counter("penstock.gateway.shed", "reason", reason).increment();
    }
}

package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** What is counted of the data path. No label names a tenant, a key or a model. */
final class GatewayMetrics {

    private final MeterRegistry registry;

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void live(Live live) {
        registry.gauge("penstock.gateway.live", live, Live::count);
    }

    void ended(String operation, int status, Duration took) {
        registry.timer("penstock.gateway.calls", "operation", operation, "status", Integer.toString(status)).record(took);
    }

    void firstByte(String operation, Duration after) {
        registry.timer("penstock.gateway.first.byte", "operation", operation).record(after);
    }

    void refused(Meter meter) {
        registry.counter("penstock.gateway.refused", "meter", meter.name().toLowerCase(Locale.ROOT)).increment();
    }

    /** @param reason what was full or away */
    void shed(String reason) {
        registry.counter("penstock.gateway.shed", "reason", reason).increment();
    }
}

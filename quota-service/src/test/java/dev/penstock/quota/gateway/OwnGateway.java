package dev.penstock.quota.gateway;

import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Fullness;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.People;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.refusal.RefusalLog;
import dev.penstock.quota.steering.Policies;
import dev.penstock.quota.stop.Stops;
import dev.penstock.quota.upstream.Upstreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** One more gateway of the running service, with bounds of its own: keys, limits and books are the service's, and it stops when its test says so. */
final class OwnGateway implements AutoCloseable {

    private final Gateway gateway;

    /** @param settings {@code name=value}, without their prefix */
    OwnGateway(String... settings) {
        this(RunningService.get(), RunningService.get().bean(Upstreams.class), settings);
    }

    /** Of that service, with upstreams as they are told there. */
    OwnGateway(RunningService service, Upstreams upstreams, String... settings) {
        this(service, upstreams, new SpanSettings(null, 1, 1, Duration.ofSeconds(1), false), settings);
    }

    /** The same, with spans. */
    OwnGateway(RunningService service, Upstreams upstreams, SpanSettings spans, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("penstock.gateway.port", "0"));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all.put("penstock.gateway." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        GatewaySettings bound = new Binder(new MapConfigurationPropertySource(all)).bind("penstock.gateway", GatewaySettings.class).get();
        GatewayWiring wiring = new GatewayWiring();
        gateway = wiring.gateway(
                wiring.gatewayParts(bound, service.bean(Grants.class), upstreams, service.bean(Stops.class), service.bean(Policies.class), service.bean(Fullness.class),
                        new SimpleMeterRegistry(), service.bean(AdjustableClock.class)),
                bound, new OriginSettings(List.of()), service.bean(Grants.class), service.bean(People.class), upstreams,
                service.bean(Admission.class), service.bean(Journal.class), service.bean(RefusalLog.class), spans, service.bean(AdjustableClock.class));
        gateway.start();
    }

    int port() {
        return gateway.port();
    }

    void stop() {
        gateway.stop();
    }

    @Override
    public void close() {
        if (gateway.isRunning()) {
            gateway.stop();
        }
    }
}

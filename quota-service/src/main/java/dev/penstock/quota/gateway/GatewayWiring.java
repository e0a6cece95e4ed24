package dev.penstock.quota.gateway;

import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Fullness;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.wire.BodyReader;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.People;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.refusal.RefusalLog;
import dev.penstock.quota.steering.Policies;
import dev.penstock.quota.stop.Stops;
import dev.penstock.quota.upstream.Upstreams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the parts of the data path know each other. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {

    /** What the gateway and whoever asks what it would do know alike. */
    @Bean
    GatewayParts gatewayParts(
            GatewaySettings settings, Grants grants, Upstreams upstreams, Stops stops, Policies policies, Fullness fullness, MeterRegistry registry, Clock clock) {
        GatewayMetrics metrics = new GatewayMetrics(registry);
        Balancer balancer = new Balancer(System::nanoTime, new SecureRandom(), metrics::putOut);
        UpstreamSlots slots = new UpstreamSlots();
        Stopped stopped = new Stopped(stops);
        Desk identity = new Desk("identity", settings, metrics);
        return new GatewayParts(
                metrics, balancer, slots, stopped, identity, new Speaking(new BodyReader(settings.mostChoices(), settings.mostDocuments()), identity), new Ways(grants, List.of(new Hybrid(policies), new Rungs(policies, fullness, grants, clock))),
                new Locating(grants, upstreams, balancer, slots, stopped));
    }

    @Bean
    Rehearsal rehearsal(GatewayParts parts) {
        return new Rehearsal(parts.stopped(), parts.speaking(), parts.ways(), parts.locating(), parts.balancer());
    }

    @Bean
    Gateway gateway(
            GatewayParts parts, GatewaySettings settings, OriginSettings origin, Grants grants, People people, Upstreams upstreams, Admission admission, Journal journal,
            RefusalLog refusals, SpanSettings spans, Clock clock) {
        Vertx vertx = vertx(settings);
        GatewayMetrics metrics = parts.metrics();
        Live live = new Live(settings);
        metrics.live(live);
        Desk identity = parts.identity();
        Desk desk = admission.holdsConnections() ? new Desk(settings, metrics) : Desk.ofWaiting(settings, metrics);
        CallLog calls = new CallLog(settings, metrics);
        Traces traces = Traces.of(spans, metrics);
        CallHandler handler = new CallHandler(
                new CallIds(clock, new SecureRandom()),
                new Entrance(grants, people, identity),
                parts.stopped(),
                new Scope(origin.networks()),
                new Bodies(vertx, settings),
                parts.speaking(),
                parts.ways(),
                parts.locating(),
                parts.slots(),
                new Asking(admission, desk, settings, metrics),
                new Forwarder(vertx, settings, metrics, live, journal, parts.balancer(), upstreams),
                journal,
                new Models(grants),
                live,
                metrics,
                calls,
                new Noting(refusals),
                traces);
        return new Gateway(vertx, settings, handler, live, List.of(identity, desk), calls, new Slots(vertx, live, admission), traces);
    }

    /** See {@link #gatewayParts}. */
    record GatewayParts(
            GatewayMetrics metrics, Balancer balancer, UpstreamSlots slots, Stopped stopped, Desk identity, Speaking speaking, Ways ways, Locating locating) {}

    private static Vertx vertx(GatewaySettings settings) {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.loops())
                // Where there is one for the machine.
                .setPreferNativeTransport(true)
                // It serves no files, and must not make folders for them.
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}

package dev.penstock.quota.gateway;

import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.wire.BodyReader;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.People;
import dev.penstock.quota.journal.Journal;
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

    @Bean
    Gateway gateway(
            GatewaySettings settings, OriginSettings origin, Grants grants, People people, Upstreams upstreams, Stops stops, Admission admission, Journal journal,
            MeterRegistry registry, Clock clock) {
        Vertx vertx = vertx(settings);
        GatewayMetrics metrics = new GatewayMetrics(registry);
        Live live = new Live(settings);
        metrics.live(live);
        Balancer balancer = new Balancer(System::nanoTime, new SecureRandom(), metrics::putOut);
        UpstreamSlots slots = new UpstreamSlots();
        Desk identity = new Desk("identity", settings, metrics);
        Desk desk = admission.holdsConnections() ? new Desk(settings, metrics) : Desk.ofWaiting(settings, metrics);
        CallLog calls = new CallLog(settings, metrics);
        Stopped stopped = new Stopped(stops);
        CallHandler handler = new CallHandler(
                new CallIds(clock, new SecureRandom()),
                new Entrance(grants, people, identity),
                stopped,
                new Scope(origin.networks()),
                new Bodies(vertx, settings),
                new Speaking(new BodyReader(settings.mostChoices()), identity),
                new Ways(grants, List.of()),
                new Locating(grants, upstreams, balancer, slots, stopped),
                slots,
                new Asking(admission, desk, settings, metrics),
                new Forwarder(vertx, settings, metrics, live, journal, balancer, upstreams),
                journal,
                new Models(grants),
                live,
                metrics,
                calls);
        return new Gateway(vertx, settings, handler, live, List.of(identity, desk), calls, new Slots(vertx, live, admission));
    }

    private static Vertx vertx(GatewaySettings settings) {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.loops())
                // Where there is one for the machine.
                .setPreferNativeTransport(true)
                // It serves no files, and must not make folders for them.
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}

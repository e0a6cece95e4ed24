package dev.penstock.quota.upstream;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class UpstreamWiring {

    private static final TableCopy.About UPSTREAMS =
            new TableCopy.About("upstreams", "penstock.upstreams", "Which servers there are outside of the house could not be read from the database for too long.");
    private static final TableCopy.About CLASSES =
            new TableCopy.About("data classes", "penstock.data.classes", "Of which class a project's data is could not be read from the database for too long.");
    private static final TableCopy.About MODELS =
            new TableCopy.About("model classes", "penstock.model.classes", "What data models are given could not be read from the database for too long.");

    @Bean
    TableCopy<String, Upstream> upstreamCopy(UpstreamCopyTable table, UpstreamSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(UPSTREAMS, table::read, settings.freshness(), clock, feed, metrics);
    }

    @Bean
    TableCopy<DataClasses.Place, DataClasses.Declared> dataClassCopy(
            DataClassTable table, UpstreamSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(CLASSES, table::read, settings.freshness(), clock, feed, metrics);
    }

    @Bean
    TableCopy<ModelClasses.Place, ModelClasses.Declared> modelClassCopy(
            ModelClassTable table, UpstreamSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(MODELS, table::read, settings.freshness(), clock, feed, metrics);
    }

    @Bean
    Pins pins(UpstreamSettings settings, TableCopy<String, Upstream> upstreamCopy, Clock clock, MeterRegistry metrics) {
        Pins pins = new Pins(settings, () -> upstreamCopy.current().values(), host -> List.of(InetAddress.getAllByName(host)), clock);
        Gauge.builder("penstock.upstreams.nowhere", pins, Pins::nowhere).description("Upstreams that nothing can be sent to, since no address of them is known").register(metrics);
        return pins;
    }
}

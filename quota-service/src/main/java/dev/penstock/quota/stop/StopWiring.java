package dev.penstock.quota.stop;

import dev.penstock.contract.StopId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class StopWiring {

    private static final TableCopy.About ABOUT =
            new TableCopy.About("stops", "penstock.stops", "Which calls are stopped could not be read from the database for too long.");

    @Bean
    TableCopy<StopId, Stop> stopCopy(StopCopyTable table, StopSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(ABOUT, table::read, settings.freshness(), clock, feed, metrics);
    }
}

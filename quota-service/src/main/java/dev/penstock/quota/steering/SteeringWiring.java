package dev.penstock.quota.steering;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class SteeringWiring {

    private static final TableCopy.About ABOUT =
            new TableCopy.About("policies", "penstock.steering", "How projects want their calls answered could not be read from the database for too long.");

    @Bean
    TableCopy<Policies.Place, Policy> policyCopy(SteeringTable table, SteeringSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(ABOUT, table::read, settings.freshness(), clock, feed, metrics);
    }
}

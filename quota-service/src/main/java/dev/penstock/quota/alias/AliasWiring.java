package dev.penstock.quota.alias;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class AliasWiring {

    private static final TableCopy.About ABOUT =
            new TableCopy.About("aliases", "penstock.aliases", "Which models a name stands for could not be read from the database for too long.");

    @Bean
    TableCopy<String, Alias> aliasCopy(AliasCopyTable table, AliasSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(ABOUT, table::read, settings.freshness(), clock, feed, metrics);
    }
}

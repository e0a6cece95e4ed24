package dev.penstock.platform.delegation;

import dev.penstock.frame.copy.Freshness;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The copy of who is named by whom. */
@Configuration(proxyBeanMethods = false)
class NamedCopy {

    private static final TableCopy.About ABOUT = new TableCopy.About(
            "delegations", "penstock.delegation", "Who approves in whose place could not be read from the database for too long.");
    private static final Freshness FRESHNESS = new Freshness(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(30));
    private static final Actor READER = Actor.system("delegations");

    @Bean
    TableCopy<Named.Key, Named> delegationCopy(JobTransactions transactions, DelegationTable table, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(
                ABOUT,
                known -> transactions.acrossTenants(Job.SNAPSHOT, READER, () -> table.named(clock.instant())).stream()
                        .collect(Collectors.toUnmodifiableMap(Named::key, named -> named)),
                FRESHNESS,
                clock,
                feed,
                metrics);
    }
}

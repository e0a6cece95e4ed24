package dev.penstock.platform.access;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The copy of all memberships. Cut off from the database it lets people in on its word for a stated time, then nobody. */
@Configuration(proxyBeanMethods = false)
class Memberships {

    private static final TableCopy.About ABOUT = new TableCopy.About(
            "memberships", "penstock.access", "Who may do what could not be read from the database for too long.");

    @Bean
    TableCopy<TenantId, Membership> membershipCopy(
            MembershipTable table, AccessSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(ABOUT, table::read, settings.freshness(), clock, feed, metrics);
    }
}

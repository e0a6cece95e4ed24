package dev.penstock.quota.route;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.secret.KeyRing;
import dev.penstock.frame.secret.Sealing;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class RouteWiring {

    private static final TableCopy.About ABOUT =
            new TableCopy.About("routes", "penstock.routes", "Where models are served could not be read from the database for too long.");

    @Bean
    Sealing secretSealing(RouteSettings settings) {
        return new Sealing(KeyRing.read(settings.secretsKeyFile(), RouteSettings.SECRETS_KEY_FILE, Sealing.ALGORITHM), new SecureRandom());
    }

    @Bean
    TableCopy<RouteKey, Route> routeCopy(RouteCopyTable table, RouteSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(ABOUT, table::read, settings.freshness(), clock, feed, metrics);
    }
}

package dev.penstock.quota.apikey;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.secret.KeyRing;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class KeyWiring {

    private static final TableCopy.About ABOUT =
            new TableCopy.About("keys", "penstock.keys", "Keys could not be read from the database for too long.");

    @Bean
    Pepper pepper(KeySettings settings) {
        return new Pepper(KeyRing.read(settings.pepperFile(), KeySettings.PEPPER_FILE, Pepper.ALGORITHM));
    }

    @Bean
    TableCopy<String, KeyRow> keyCopy(KeyCopyTable table, KeySettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        return new TableCopy<>(ABOUT, table::read, settings.freshness(), clock, feed, metrics);
    }

    @Bean
    KeyMaker keyMaker() {
        SecureRandom random = new SecureRandom();
        return () -> KeyText.random(random);
    }

    /** Makes a key that nobody has seen. */
    interface KeyMaker {
        KeyText next();
    }
}

package dev.penstock.quota.apikey;

import dev.penstock.frame.copy.Freshness;
import dev.penstock.frame.secret.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param pepperFile the versions of the pepper, outside of the database: {@code <version> <32 bytes in base64>} a line. New keys use the newest;
 *     a version may go when no key of it is left
 * @param grace for how long a secret works beside the one that replaced it, if nobody says otherwise
 * @param longestGrace the most that may be said
 * @param unusedAfter for how long a key was not used that is reported as unused
 * @param rotateEvery how old a secret is that is reported as overdue
 * @param mostPerProject keys that a project may have at once, revoked and expired ones not counted
 * @param poll how often the copy of keys is compared with the table even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old the copy may be before nobody is let in on its word; as long as calls may go on without the database
 */
@ConfigurationProperties(prefix = "penstock.keys", ignoreUnknownFields = false)
record KeySettings(
        Path pepperFile,
        @DefaultValue("7d") Duration grace,
        @DefaultValue("30d") Duration longestGrace,
        @DefaultValue("90d") Duration unusedAfter,
        @DefaultValue("90d") Duration rotateEvery,
        @DefaultValue("100") int mostPerProject,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("60s") Duration fullCheck,
        @DefaultValue("5m") Duration longestStaleness) {

    static final String PEPPER_FILE = "penstock.keys.pepper-file";

    KeySettings {
        KeyRing.require(pepperFile, PEPPER_FILE);
        if (mostPerProject < 1) {
            throw new IllegalArgumentException("penstock.keys.most-per-project is " + mostPerProject + ": nobody could make a key");
        }
        if (grace.isNegative() || grace.compareTo(longestGrace) > 0) {
            throw new IllegalArgumentException("penstock.keys.grace is " + grace + ", not between nothing and penstock.keys.longest-grace, which is " + longestGrace);
        }
        requireADay("unused-after", unusedAfter);
        requireADay("rotate-every", rotateEvery);
        Freshness.of("penstock.keys", poll, fullCheck, longestStaleness);
    }

    private static void requireADay(String name, Duration time) {
        if (time.toDays() < 1) {
            throw new IllegalArgumentException("penstock.keys." + name + " is " + time + ", less than a day");
        }
    }

    Freshness freshness() {
        return new Freshness(poll, fullCheck, longestStaleness);
    }
}

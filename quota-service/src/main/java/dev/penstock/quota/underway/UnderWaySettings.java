package dev.penstock.quota.underway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param tellEvery how often a replica says what it has under way
 * @param patience how long others wait for its word; longer than {@code tellEvery}
 * @param lostAfter a life that has said nothing for so long, and whose journal nobody has, holds comparisons with engines up no longer. Longer than
 *     an attempt can take, so that no engine works for it any more; what it used and nobody booked is then unexplained until its journal turns up
 */
@ConfigurationProperties(prefix = "penstock.under-way", ignoreUnknownFields = false)
record UnderWaySettings(
        @DefaultValue("500ms") Duration tellEvery, @DefaultValue("3s") Duration patience, @DefaultValue("1h") Duration lostAfter) {

    private static final Duration SELDOM = Duration.ofSeconds(1);

    UnderWaySettings {
        require(tellEvery.isPositive() && tellEvery.compareTo(SELDOM) <= 0, "tell-every", tellEvery);
        require(patience.compareTo(tellEvery) > 0, "patience", patience);
        require(lostAfter.compareTo(patience) > 0, "lost-after", lostAfter);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.under-way." + name + " cannot be " + value);
        }
    }
}

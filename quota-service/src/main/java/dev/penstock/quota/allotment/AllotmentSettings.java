package dev.penstock.quota.allotment;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of what a replica holds of limits.
 *
 * @param life how long calls inside their allotments go on while the database is away
 * @param slotLife after so long without the database calls that hold a slot of a limit on concurrency are ended; longer than {@code life}
 * @param slotsTakenBack after so long nobody has seen a replica, others take its slots; longer than {@code slotLife}
 * @param horizon for how long what is held lasts at the present demand, where the limit has enough left
 * @param rest without any demand, after which what is idle is returned
 * @param readEvery how often the rules and rows of a tenant with calls are read, also when no notification arrives
 * @param readResting how often those of a tenant without calls are
 * @param meetEvery how often it is looked for what others ask back
 * @param recallPatience how long a caller waits at most for others to return what is idle
 * @param recallLook how often it looks whether they have
 * @param silence after which a replica is not waited for; in whole seconds
 * @param refusalMemory for how long PostgreSQL's refusal is told to others who ask for as much
 * @param mostWaiting callers of one tenant that wait for their turn to draw; more are turned away
 * @param turnPatience for which each of them waits
 * @param windowsAhead minutes and hours of which a part is drawn before they begin
 * @param tenantRest without any call, after which a tenant of which nothing is held is forgotten
 * @param stopTime how long the program, when it stops, tries to return what it holds
 */
@ConfigurationProperties(prefix = "penstock.allotment", ignoreUnknownFields = false)
public record AllotmentSettings(
        @DefaultValue("5m") Duration life,
        @DefaultValue("6m") Duration slotLife,
        @DefaultValue("8m") Duration slotsTakenBack,
        @DefaultValue("5m") Duration horizon,
        @DefaultValue("1m") Duration rest,
        @DefaultValue("1s") Duration readEvery,
        @DefaultValue("30s") Duration readResting,
        @DefaultValue("200ms") Duration meetEvery,
        @DefaultValue("2s") Duration recallPatience,
        @DefaultValue("20ms") Duration recallLook,
        @DefaultValue("2s") Duration silence,
        @DefaultValue("100ms") Duration refusalMemory,
        @DefaultValue("500") int mostWaiting,
        @DefaultValue("5s") Duration turnPatience,
        @DefaultValue("10") int windowsAhead,
        @DefaultValue("4h") Duration tenantRest,
        @DefaultValue("5s") Duration stopTime) {

    private static final Duration SLOWEST_READ = Duration.ofSeconds(1);
    private static final Duration LONGEST_MEMORY = Duration.ofMillis(100);
    private static final int MOST_WINDOWS = 60;
    /** A project that left a tenant comes back after half an hour at the earliest; by then nobody admits by what was read before. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(20);

    public AllotmentSettings {
        Map.of("life", life, "horizon", horizon, "rest", rest, "read-every", readEvery, "meet-every", meetEvery, "recall-patience", recallPatience,
                        "recall-look", recallLook, "turn-patience", turnPatience, "stop-time", stopTime)
                .forEach((name, value) -> require(value.isPositive(), name, value, "not a time"));
        require(life.compareTo(LONGEST_LIFE) <= 0, "life", life, "longer than " + LONGEST_LIFE + ": a project could come back to a tenant before everybody has learnt that it left");
        require(slotLife.compareTo(life) > 0, "slot-life", slotLife, "not longer than the life of " + life + ": streams would be ended that are still admitted");
        require(slotsTakenBack.compareTo(slotLife) > 0, "slots-taken-back", slotsTakenBack, "not longer than the slot life of " + slotLife + ", after which their owner ends its streams");
        require(readEvery.compareTo(SLOWEST_READ) <= 0, "read-every", readEvery, "more than 1s: a limit that is set must hold within 2 s");
        require(readResting.compareTo(readEvery) >= 0 && readResting.compareTo(life) < 0, "read-resting", readResting, "not between " + readEvery + " and the life of " + life);
        require(silence.compareTo(meetEvery.multipliedBy(2)) > 0 && silence.toSeconds() >= 1, "silence", silence, "less than a second, or than two meetings");
        require(!refusalMemory.isNegative() && refusalMemory.compareTo(LONGEST_MEMORY) <= 0, "refusal-memory", refusalMemory, "more than 100ms: a refusal has to be right");
        require(mostWaiting > 0, "most-waiting", mostWaiting, "nobody");
        require(windowsAhead >= 0 && windowsAhead <= MOST_WINDOWS, "windows-ahead", windowsAhead, "not between 0 and " + MOST_WINDOWS);
        require(tenantRest.compareTo(Allotments.LATEST_ASK) > 0, "tenant-rest", tenantRest, "not longer than " + Allotments.LATEST_ASK + ", for which attempts of a call may come");
    }

    private static void require(boolean holds, String name, Object value, String why) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.allotment." + name + " is " + value + ": " + why);
        }
    }
}

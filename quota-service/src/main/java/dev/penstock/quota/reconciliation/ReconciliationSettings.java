package dev.penstock.quota.reconciliation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param every how often engines are read, by one replica at a time
 * @param patience after so many turns without a call an engine that still counts is compared all the same; it covers how long an engine takes to
 *     notice that a caller left
 * @param timeout for one engine's answer
 * @param mostAnswer the longest answer that is read
 * @param atOnce engines that are read at the same time
 * @param lookBack a process that began longer ago is compared from when it is first seen, not from its beginning
 * @param alarmFor how long something unexplained is an alarm
 * @param keepHistory how long comparisons are kept
 * @param keepOpenEnds how long an attempt is kept that no comparison has looked at: its engine is gone
 */
@ConfigurationProperties(prefix = "penstock.reconciliation", ignoreUnknownFields = false)
record ReconciliationSettings(
        @DefaultValue("10s") Duration every,
        @DefaultValue("3") int patience,
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("4MB") DataSize mostAnswer,
        @DefaultValue("8") int atOnce,
        @DefaultValue("1d") Duration lookBack,
        @DefaultValue("7d") Duration alarmFor,
        @DefaultValue("400d") Duration keepHistory,
        @DefaultValue("7d") Duration keepOpenEnds) {

    private static final int MOST_PATIENCE = 1_000;
    private static final int MOST_AT_ONCE = 100;

    ReconciliationSettings {
        require(every.isPositive(), "every", every);
        require(patience >= 1 && patience <= MOST_PATIENCE, "patience", patience);
        require(timeout.isPositive(), "timeout", timeout);
        require(mostAnswer.toBytes() >= 1 && mostAnswer.toBytes() <= Integer.MAX_VALUE, "most-answer", mostAnswer);
        require(atOnce >= 1 && atOnce <= MOST_AT_ONCE, "at-once", atOnce);
        require(!lookBack.isNegative(), "look-back", lookBack);
        require(alarmFor.isPositive(), "alarm-for", alarmFor);
        require(keepHistory.compareTo(alarmFor) >= 0, "keep-history", keepHistory);
        require(keepOpenEnds.isPositive(), "keep-open-ends", keepOpenEnds);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.reconciliation." + name + " cannot be " + value);
        }
    }
}

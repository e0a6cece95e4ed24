package dev.penstock.quota.settlement;

import dev.penstock.frame.BackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param batch the most attempts that are settled by one transaction
 * @param threads by which batches are settled side by side: while the database writes one, the next is prepared. Each holds a connection
 * @param linger for how long ends are waited for that can be settled together with the first; not where others wait for what an attempt has reserved
 * @param retryAfter first pause when the database does not answer; it doubles up to {@code retryAtMost}
 * @param sweepEvery how often attempts are looked for that nobody settled
 * @param margin how long after an attempt's deadline nobody can settle it any more; above what clocks may differ
 * @param daysAhead days of usage whose places are made ahead
 * @param keepPeriods how long the use of limits by minute and hour is kept after the period
 */
@ConfigurationProperties(prefix = "penstock.settlement", ignoreUnknownFields = false)
record SettlementSettings(
        @DefaultValue("1000") int batch,
        @DefaultValue("2") int threads,
        @DefaultValue("250ms") Duration linger,
        @DefaultValue("100ms") Duration retryAfter,
        @DefaultValue("5s") Duration retryAtMost,
        @DefaultValue("10s") Duration sweepEvery,
        @DefaultValue("1m") Duration margin,
        @DefaultValue("7") int daysAhead,
        @DefaultValue("2d") Duration keepPeriods) {

    private static final int MOST_IN_A_BATCH = 5_000;
    private static final int MOST_THREADS = 8;
    private static final Duration LONGEST_LINGER = Duration.ofSeconds(5);
    private static final int MOST_DAYS = 50;

    SettlementSettings {
        require(batch >= 1 && batch <= MOST_IN_A_BATCH, "batch", batch);
        require(threads >= 1 && threads <= MOST_THREADS, "threads", threads);
        require(!linger.isNegative() && linger.compareTo(LONGEST_LINGER) <= 0, "linger", linger);
        require(retryAfter.isPositive(), "retry-after", retryAfter);
        require(retryAtMost.compareTo(retryAfter) >= 0, "retry-at-most", retryAtMost);
        require(sweepEvery.isPositive(), "sweep-every", sweepEvery);
        require(margin.isPositive(), "margin", margin);
        require(daysAhead >= 2 && daysAhead <= MOST_DAYS, "days-ahead", daysAhead);
        require(keepPeriods.isPositive(), "keep-periods", keepPeriods);
    }

    BackOff backOff() {
        return new BackOff(retryAfter, retryAtMost);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.settlement." + name + " cannot be " + value);
        }
    }
}

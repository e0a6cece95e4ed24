package dev.penstock.quota.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the process that serves an endpoint.
 *
 * @param version grows with every turn
 * @param begunAt when the process was first read
 * @param readAt the database's moment after the last reading
 * @param startedAt of the process; null: it does not say
 * @param read its counters then
 * @param idle whether it said so then
 * @param quietTurns for so many turns nothing was open and nothing was booked
 * @param mark what was booked until then is in {@code balance}, or belongs to an earlier process
 * @param comparedBefore this process, or an earlier one of the endpoint
 * @param balance at the last quiet moment; null: there was none since the process began
 */
record Known(
        long version, Instant begunAt, Instant readAt, @Nullable Instant startedAt, Amount read, boolean idle, int quietTurns, Instant mark, boolean comparedBefore, @Nullable Balance balance) {

    /**
     * @param counted by the engine since its process began
     * @param booked of this process, and explained
     */
    record Balance(Amount counted, Amount booked) {

        static final Balance NONE = new Balance(Amount.NONE, Amount.NONE);

        Amount unexplained() {
            return counted.minus(booked);
        }
    }

    /** Counters never fall while a process lives. */
    boolean isSameProcess(EngineCounters now) {
        boolean sameStart = startedAt == null ? now.startedAt() == null : startedAt.equals(now.startedAt());
        return sameStart && now.counted().input() >= read.input() && now.counted().output() >= read.output();
    }
}

package dev.penstock.quota.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one reading of an engine's counters. Pure.
 *
 * <pre>
 * never read before, or another process      begin, and wait for a quiet moment of it
 * calls under way, or some ended just now    wait; what is beyond all they may use is unexplained at least
 * a replica has not said what it has         wait; nothing can be said
 * quiet, the engine idle and unmoved         compare
 * quiet for long, and the engine counts      compare all the same: whoever it works for does not come through the gateway
 * </pre>
 */
sealed interface Course {

    /** This process was not read before. */
    record Begin() implements Course {}

    /**
     * Not now.
     *
     * @param quietTurns for so many turns nothing was open and nothing was booked
     * @param atLeast unexplained for certain, beyond what was before
     */
    record Wait(int quietTurns, Amount atLeast) implements Course {}

    /** The first quiet moment of the process. */
    record Base(int quietTurns) implements Course {}

    /** @param fresh what the engine counted beyond what was booked, since the last comparison */
    record Compare(int quietTurns, Amount fresh) implements Course {}

    /** @param patience after so many quiet turns an engine that still counts does not do it for us */
    static Course of(@Nullable Known known, EngineCounters now, Seen seen, int patience) {
        if (known == null || !known.isSameProcess(now)) {
            return new Begin();
        }
        int quietTurns = seen.isQuiet() ? known.quietTurns() + 1 : 0;
        boolean still = now.idle() && known.idle() && now.counted().equals(known.read());
        boolean comparable = quietTurns > 0 && still || quietTurns > patience;
        Known.Balance balance = known.balance();
        if (balance == null) {
            return comparable ? new Base(quietTurns) : new Wait(quietTurns, Amount.NONE);
        }
        Amount fresh = now.counted().minus(balance.counted()).minus(seen.booked());
        if (comparable) {
            return new Compare(quietTurns, fresh);
        }
        return new Wait(quietTurns, seen.known() ? fresh.minus(seen.openAtMost()).minus(seen.leeway()).orNothing() : Amount.NONE);
    }
}

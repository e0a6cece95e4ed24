package dev.penstock.quota.reconciliation;

import java.time.Instant;

/**
 * What the ledger says of an endpoint at one moment, after its engine's counters were read.
 *
 * @param at the moment, by the database's clock
 * @param known whether all of what is under way is; if not, some replica has said nothing of it since the moment
 * @param open attempts that are admitted and not settled
 * @param openAtMost what they may use
 * @param moved whether anything was booked since the last turn
 * @param booked since the mark
 * @param leeway the most that the engine may have counted beyond what was booked of attempts since the mark
 */
record Seen(Instant at, boolean known, long open, Amount openAtMost, boolean moved, Amount booked, Amount leeway) {

    /** Nothing is under way for certain, and nothing ended a moment ago. */
    boolean isQuiet() {
        return known && open == 0 && !moved;
    }
}

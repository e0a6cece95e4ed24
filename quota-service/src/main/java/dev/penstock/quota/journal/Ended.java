package dev.penstock.quota.journal;

import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended, as settlement takes it.
 *
 * @param intent null: it stands in the database, with its reservation
 */
public record Ended(Settlement settlement, @Nullable Intent intent) {

    public Attempt attempt() {
        return settlement.attempt();
    }
}

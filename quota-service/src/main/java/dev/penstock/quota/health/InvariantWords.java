package dev.penstock.quota.health;

import dev.penstock.quota.settlement.Invariant;

/** What must hold, in a sentence. */
final class InvariantWords {

    private InvariantWords() {}

    static String of(Invariant invariant) {
        return switch (invariant) {
            case LEASED_IS_HELD -> "What is set aside on a limit is what somebody holds of it";
            case SETTLED_IS_USED -> "What is used of a limit is what the rows of its period say";
            case ROLLUP_IS_ROWS -> "Sums by 15 minutes are the sums of the rows";
            case EACH_ONCE -> "Every attempt is booked once";
            case COST_IS_TOKENS_TIMES_PRICE -> "Every row costs its tokens times the price of its price book";
            case BALANCED -> "Postings add up to zero in every unit";
            case LEDGER_IS_ROWS -> "What callers owe in the ledger is what the rows say";
            case EVERY_INTENT_ENDS_ONCE -> "Every attempt that was promised is open or has its row";
            case NOTHING_IS_HELD_WHEN_QUIET -> "Nothing is set aside when no call is under way, but what replicas hold for calls to come";
        };
    }
}

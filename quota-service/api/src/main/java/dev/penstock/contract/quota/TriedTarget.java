package dev.penstock.contract.quota;

import dev.penstock.contract.EndpointId;
import org.jspecify.annotations.Nullable;

/**
 * One that a call could go to.
 *
 * @param upstream the server outside of the house; null: an engine of ours
 * @param underWay calls of this replica that it answers now
 * @param usualMillis how long it takes until it is heard, of late; null: not known
 * @param percent of a hundred such calls, those that would go to it first; of all targets 0 where every one is refused
 * @param refused why it is not asked; null: it can be
 */
public record TriedTarget(
        String model,
        EndpointId endpoint,
        @Nullable String upstream,
        int tier,
        int weight,
        Standing standing,
        int underWay,
        @Nullable Long usualMillis,
        int percent,
        @Nullable CallRefused refused) {

    /** How it did of late. */
    public enum Standing {
        /** It takes calls. */
        IN,
        /** It failed, or was far slower than the others, and is left alone for a while. */
        OUT,
        /** One call at a time finds out whether it is well again. */
        TRIED
    }
}

package dev.penstock.contract.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param changes the latest first
 * @param more whether there are more, earlier ones
 * @param gaps in which nobody looked, the latest first
 */
public record FleetChanges(List<Change> changes, boolean more, List<Gap> gaps) {

    /** What happened to a node. */
    public enum Kind {
        APPEARED,
        CHANGED,
        VANISHED
    }

    /**
     * @param at when it was noticed
     * @param since it may have happened at any time since then, as nobody looked; null: it was noticed at once
     * @param differences by name; of what appeared or vanished, all that it offered
     */
    public record Change(Instant at, @Nullable Instant since, String node, Kind kind, List<Difference> differences) {}

    /**
     * @param what a property of the node, or a GPU resource such as {@code nvidia.com/mig-1g.10gb}
     * @param before null: there was none
     * @param after null: there is none any more
     */
    public record Difference(String what, @Nullable String before, @Nullable String after) {}

    /**
     * @param from the last look before it; null: none that is kept
     * @param until the next look; null: none yet
     */
    public record Gap(@Nullable Instant from, @Nullable Instant until) {}
}

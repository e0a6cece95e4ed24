package dev.penstock.contract.platform;

import dev.penstock.contract.SliceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much the GPUs of slices worked.
 *
 * @param missing why nothing new is known; null: it is being measured
 * @param windowSeconds over which each is the mean
 * @param slices those that were measured lately; of any other one it is not known, which is not nought
 */
public record FleetUse(@Nullable String missing, long windowSeconds, List<OfSlice> slices) {

    /**
     * @param share of the time that its part of a GPU worked, from 0 to 1; of several GPUs their mean. Of one that is shared by turns it is the whole GPU's.
     * @param measuredAt until when
     */
    public record OfSlice(SliceId slice, double share, Instant measuredAt) {}
}

package dev.penstock.contract.platform;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPU as it is cut. A cluster tells what a node offers in all; which partitions are beside each other on one GPU, where each lies, and who of the node's
 * holders has which, is worked out and may be otherwise.
 *
 * @param computeSlots that it has
 * @param memorySlots that it has
 * @param partitions from its first memory slot on
 */
public record GpuView(int index, int computeSlots, int memorySlots, List<Partition> partitions) {

    /**
     * @param profile its id in the catalogue
     * @param name as the maker names it
     * @param start its first memory slot
     * @param holder null: nobody
     */
    public record Partition(String profile, String name, int start, int computeSlots, int memorySlots, @Nullable Holder holder) {}

    /** @param name of the slice */
    public record Holder(SliceId slice, String name, TenantId tenant, String tenantName, ProjectId project, String projectName, SliceState state) {}
}

package dev.penstock.ui.fakes;

import dev.penstock.contract.platform.FleetChanges;
import dev.penstock.contract.platform.FleetChanges.Change;
import dev.penstock.contract.platform.FleetChanges.Difference;
import dev.penstock.contract.platform.FleetChanges.Gap;
import dev.penstock.contract.platform.FleetChanges.Kind;
import dev.penstock.contract.platform.FleetHistoryApi;
import dev.penstock.contract.platform.FleetPast;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fleet that has been as it is for three days; a day before that nobody looked for two hours, and then gpu-02 was cut otherwise and gpu-04 was new. */
final class FakeFleetHistory implements FleetHistoryApi {

    private static final Duration KNOWN = Duration.ofDays(30);
    private static final Duration CHANGED = Duration.ofDays(3);
    private static final Duration BLIND = Duration.ofHours(2);

    private final FakeServices services;
    private final Clock clock;

    FakeFleetHistory(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public FleetPast at(Instant at) {
        services.up();
        Instant first = clock.instant().minus(KNOWN);
        Instant blind = changed().minus(BLIND);
        if (services.nodes.isEmpty() || at.isBefore(first)) {
            return new FleetPast(at, false, null, services.nodes.isEmpty() ? null : first, List.of());
        }
        if (at.isAfter(blind) && at.isBefore(changed())) {
            return new FleetPast(at, false, blind, changed(), List.of());
        }
        boolean before = at.isBefore(changed());
        return new FleetPast(at, true, null, null, services.nodes.stream().filter(node -> !before || !node.name().equals("gpu-04")).map(node -> node(node, before)).toList());
    }

    @Override
    public FleetChanges changes(Instant from, Instant until, @Nullable String node) {
        services.up();
        Instant blind = changed().minus(BLIND);
        boolean within = !changed().isBefore(from) && changed().isBefore(until) && !services.nodes.isEmpty();
        List<Change> changes = !within ? List.of() : List.of(
                new Change(changed(), blind, "gpu-02", Kind.CHANGED, List.of(new Difference("nvidia.com/mig-1g.10gb", "14", "7"), new Difference("nvidia.com/mig-3g.40gb", null, "2"))),
                new Change(changed(), blind, "gpu-04", Kind.APPEARED, List.of(
                        new Difference("GPUs", null, "2"), new Difference("nvidia.com/gpu", null, "2"), new Difference("product", null, "NVIDIA-H200"),
                        new Difference("ready", null, "no"), new Difference("takes new pods", null, "yes"))));
        return new FleetChanges(
                changes.stream().filter(change -> node == null || change.node().equals(node)).toList(), false, within ? List.of(new Gap(blind, changed())) : List.of());
    }

    private Instant changed() {
        return clock.instant().minus(CHANGED);
    }

    private FleetPast.Node node(NodeView node, boolean before) {
        List<GpuView> gpus = node.gpus().stream().map(gpu -> new GpuView(gpu.index(), gpu.computeSlots(), gpu.memorySlots(), gpu.partitions().stream()
                .map(part -> new GpuView.Partition(part.profile(), part.name(), part.start(), part.computeSlots(), part.memorySlots(), null)).toList())).toList();
        List<GpuView> drawn = before && node.name().equals("gpu-02") ? List.of(new GpuView(0, 7, 8, gpus.get(1).partitions()), gpus.get(1)) : gpus;
        return new FleetPast.Node(
                node.name(), node.product(), node.device(), node.ready(), node.schedulable(), node.simulated(),
                node.resources().stream().collect(Collectors.toMap(NodeView.Resource::name, NodeView.Resource::allocatable)), drawn,
                before ? clock.instant().minus(KNOWN) : changed(), before && node.name().equals("gpu-02") ? changed() : null);
    }
}

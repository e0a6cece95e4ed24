package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.fleet.CutNodes.CutNode;
import dev.penstock.platform.fleet.CutNodes.Picture;
import dev.penstock.platform.fleet.Devices.Device;
import dev.penstock.platform.geometry.Geometry;
import dev.penstock.platform.geometry.Gpu;
import dev.penstock.platform.geometry.MigTable;
import dev.penstock.platform.geometry.Placement;
import dev.penstock.platform.geometry.Plan;
import dev.penstock.platform.slice.Holders.Holder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fleet in the words of the contract. */
final class FleetViews {

    private FleetViews() {}

    /** @param orders what is under way, by node */
    static List<NodeView> nodes(Picture picture, Map<String, NodeOrder> orders) {
        Map<String, List<GpuView.Holder>> on = new HashMap<>();
        picture.slices().values().forEach(slice -> Optional.ofNullable(slice.node())
                .ifPresent(node -> on.computeIfAbsent(node, first -> new ArrayList<>()).add(Objects.requireNonNull(holder(slice)))));
        return picture.nodes().stream()
                .map(cut -> node(cut, picture.slices(), on.getOrDefault(cut.node().name(), List.of()), orders.get(cut.node().name())))
                .toList();
    }

    private static NodeView node(CutNode cut, Map<String, Holder> slices, List<GpuView.Holder> on, @Nullable NodeOrder order) {
        GpuNode node = cut.node();
        List<NodeView.Resource> resources = resources(node);
        Device device = cut.device();
        List<GpuView> gpus = device == null
                ? List.of()
                : cut.gpus().stream().map(gpu -> gpu(device, gpu.index(), geometry(gpu), gpu.holders().stream().map(Gpu.Holder::id).toList(), slices)).toList();
        return new NodeView(
                node.name(), node.product(), device == null ? node.product() : device.name(), node.ready(), node.schedulable(), node.simulated(), resources, gpus, node.observedAt(),
                on,
                order == null ? null : order(order),
                node.devices().stream()
                        .map(one -> new NodeView.Device(one.name(), one.what(), one.claimed(), one.slice() == null ? null : holder(slices.get(one.slice()))))
                        .toList());
    }

    /** Devices that are claimed by their class: which of them each is, the list of devices says. */
    private static List<NodeView.Resource> resources(GpuNode node) {
        Map<String, NodeView.Resource> resources = new TreeMap<>();
        node.allocatable().forEach((resource, count) -> resources.merge(
                DeviceChoice.classOf(resource),
                new NodeView.Resource(DeviceChoice.classOf(resource), count, node.inUse().getOrDefault(resource, 0)),
                (one, other) -> new NodeView.Resource(one.name(), one.allocatable() + other.allocatable(), one.inUse() + other.inUse())));
        return List.copyOf(resources.values());
    }

    static Cuts.Cut cut(String product, CutNodes.Empty empty) {
        Device device = empty.device();
        return device == null
                ? new Cuts.Cut(product, List.of())
                : new Cuts.Cut(device.name(), empty.gpus().stream().map(gpu -> gpu(device, gpu.index(), geometry(gpu), List.of(), Map.of())).toList());
    }

    static NodeOrderView order(NodeOrder order) {
        return new NodeOrderView(
                order.id(), order.node(), order.goal(), order.state(), order.orderedBy(), order.orderedAt(), order.reason(), order.emptyAt(), order.repack(), order.since(),
                order.words(), order.remaining(), order.endedAt());
    }

    private static List<Placement> geometry(Gpu gpu) {
        return gpu.table().geometry(gpu.cut()).map(Geometry::placements).orElse(List.of());
    }

    /** @param on ids of those who hold its partitions */
    private static GpuView gpu(Device device, int index, List<Placement> placements, List<String> on, Map<String, Holder> slices) {
        Map<String, Queue<Holder>> holding = new HashMap<>();
        on.stream().flatMap(id -> Stream.ofNullable(slices.get(id))).forEach(holder -> Optional.ofNullable(device.takes().get(holder.profile()))
                .ifPresent(takes -> holding.computeIfAbsent(takes.name(), name -> new ArrayDeque<>()).add(holder)));
        MigTable table = device.table();
        return new GpuView(index, table.compute(), table.memory(), placements.stream().map(placement -> {
            SliceProfile profile = device.byName(placement.profile().name());
            Queue<Holder> those = holding.get(profile.name());
            return new GpuView.Partition(
                    profile.id(), profile.name(), placement.start(), placement.profile().compute(), placement.profile().memory(), holder(those == null ? null : those.poll()));
        }).toList());
    }

    private static GpuView.@Nullable Holder holder(@Nullable Holder holder) {
        return holder == null
                ? null
                : new GpuView.Holder(holder.slice(), holder.name(), holder.tenant(), holder.tenantName(), holder.project(), holder.projectName(), holder.state());
    }

    /** Of nodes in service. */
    static List<RoomView> room(List<CutNode> nodes) {
        Map<Device, List<CutNode>> byDevice = new LinkedHashMap<>();
        nodes.stream().filter(node -> node.node().inService()).forEach(node -> Optional.ofNullable(node.device())
                .ifPresent(device -> byDevice.computeIfAbsent(device, first -> new ArrayList<>()).add(node)));
        return byDevice.entrySet().stream().map(each -> room(each.getKey(), each.getValue())).toList();
    }

    private static RoomView room(Device device, List<CutNode> nodes) {
        Map<String, Integer> empty = device.table().room(List.of());
        List<RoomView.OfProfile> profiles = device.profiles().stream().map(profile -> {
            int free = 0;
            int ifCut = 0;
            for (CutNode node : nodes) {
                int here = node.gpus().stream().mapToInt(gpu -> free(gpu, profile.name())).sum();
                boolean idle = node.gpus().stream().allMatch(gpu -> gpu.holders().isEmpty());
                free += here;
                ifCut += idle ? node.gpus().size() * empty.getOrDefault(profile.name(), 0) : here;
            }
            return new RoomView.OfProfile(profile.id(), profile.name(), free, ifCut);
        }).toList();
        return new RoomView(device.name(), device.table().device(), nodes.stream().mapToInt(node -> node.gpus().size()).sum(), profiles);
    }

    private static int free(Gpu gpu, String profile) {
        return gpu.cut().getOrDefault(profile, 0) - (int) gpu.holders().stream().filter(holder -> holder.profile().equals(profile)).count();
    }

    static RepackView repack(Plan plan, Picture picture) {
        Map<String, Device> devices = new HashMap<>();
        picture.nodes().forEach(node -> Optional.ofNullable(node.device()).ifPresent(device -> devices.put(device.table().device(), device)));
        Map<Gpu, List<String>> on = new HashMap<>();
        plan.drained().forEach(drained -> on.computeIfAbsent(drained.to(), gpu -> new ArrayList<>()).add(drained.holder().id()));
        plan.served().forEach(served -> on.computeIfAbsent(served.on(), gpu -> new ArrayList<>()).add(served.wanted().id()));
        return new RepackView(
                plan.recuts().stream().map(recut -> new RepackView.Recut(
                        recut.gpu().node(), recut.gpu().index(), recut.before(),
                        gpu(Objects.requireNonNull(devices.get(recut.gpu().table().device())), recut.gpu().index(), recut.after().placements(), on.getOrDefault(recut.gpu(), List.of()),
                                picture.slices()))).toList(),
                plan.drained().stream().map(drained -> {
                    Holder holder = Objects.requireNonNull(picture.slices().get(drained.holder().id()));
                    return new RepackView.Stopped(holder.slice(), holder.name(), holder.tenantName(), drained.holder().profile(), drained.from().node(), drained.to().node());
                }).toList(),
                plan.served().stream().map(served -> {
                    Holder holder = Objects.requireNonNull(picture.slices().get(served.wanted().id()));
                    return new RepackView.Served(holder.slice(), holder.name(), holder.tenantName(), served.wanted().profile(), served.on().node());
                }).toList(),
                plan.left().size(), plan.parts(), Fingerprint.of(plan, picture));
    }
}

package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.Within;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.fleet.Devices.Device;
import dev.penstock.platform.fleet.Devices.Takes;
import dev.penstock.platform.geometry.Gpu;
import dev.penstock.platform.slice.Holders;
import dev.penstock.platform.slice.Holders.Holder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The nodes with their GPUs as they are cut, and who holds which partition: worked out from what nodes offer and slices hold. */
@Component
class CutNodes {

    private static final String OF_THE_GPUS = "nvidia.com/";

    private final Fleet fleet;
    private final Devices devices;
    private final Holders holders;

    CutNodes(Fleet fleet, Devices devices, Holders holders) {
        this.fleet = fleet;
        this.devices = devices;
        this.holders = holders;
    }

    /**
     * @param device null: not in the catalogue
     * @param gpus empty where that cannot be told
     * @param joined whether a slice holds several of its GPUs: they cannot be cut anew one by one
     * @param comingUp whether our pods on it use more than those take who are known to run there: a slice says where it is only once it is ready
     */
    record CutNode(GpuNode node, @Nullable Device device, List<Gpu> gpus, boolean joined, boolean comingUp) {}

    /**
     * @param nodes by name
     * @param slices every one that has not ended, by its id, the oldest first
     */
    record Picture(List<CutNode> nodes, Map<String, Holder> slices) {

        /**
         * GPUs that may be cut anew.
         *
         * @param ordered names of nodes of which something is ordered already
         */
        List<Gpu> plannable(Set<String> ordered) {
            return nodes.stream()
                    .filter(node -> node.node().inService() && !node.joined() && !node.comingUp() && !ordered.contains(node.node().name()) && !awaited(node))
                    .flatMap(node -> node.gpus().stream())
                    .toList();
        }

        /** Whether somebody holds a part of such a device and is not on a node yet: they may come up on this one. */
        private boolean awaited(CutNode node) {
            Device device = node.device();
            return device != null && slices.values().stream().anyMatch(holder -> holder.node() == null && !holder.waits() && device.takes().containsKey(holder.profile())
                    && Within.of(node.node().name()).cluster().equals(holder.within()));
        }
    }

    Picture now() {
        List<Holder> all = holders.all();
        Map<String, List<Holder>> byNode = all.stream().filter(holder -> holder.node() != null).collect(Collectors.groupingBy(holder -> String.valueOf(holder.node())));
        List<CutNode> nodes = fleet.nodes().stream().map(node -> cut(node, byNode.getOrDefault(node.name(), List.of()))).toList();
        Map<String, Holder> slices = new LinkedHashMap<>();
        all.forEach(holder -> slices.put(holder.slice().toString(), holder));
        return new Picture(nodes, slices);
    }

    private CutNode cut(GpuNode node, List<Holder> holding) {
        Optional<Device> device = devices.of(node.product());
        boolean joined = device.isPresent() && holding.stream()
                .map(holder -> device.get().takes().get(holder.profile()))
                .anyMatch(takes -> takes != null && takes.amount() > 1);
        return new CutNode(
                node, device.orElse(null), device.map(known -> gpus(node, known, holding)).orElse(List.of()), joined, device.isPresent() && comingUp(node, device.get(), holding));
    }

    private static boolean comingUp(GpuNode node, Device device, List<Holder> holding) {
        return device.profiles().stream().anyMatch(profile -> {
            int known = holding.stream().map(holder -> device.takes().get(holder.profile())).filter(takes -> takes != null && takes.name().equals(profile.name())).mapToInt(Takes::amount).sum();
            return node.inUse().getOrDefault(profile.resource(), 0) > known;
        });
    }

    /**
     * GPUs that offer something, as they are cut, with nobody on them.
     *
     * @param device null: not in the catalogue
     * @param gpus empty where that cannot be told
     */
    record Empty(@Nullable Device device, List<Gpu> gpus) {}

    Empty empty(String product, int gpus, Map<String, Integer> offered) {
        return devices.of(product)
                .map(device -> new Empty(device, cuts(gpus, offered, device).map(cuts -> gpus(product, device, List.of(), cuts)).orElse(List.of())))
                .orElse(new Empty(null, List.of()));
    }

    private static List<Gpu> gpus(GpuNode node, Device device, List<Holder> holding) {
        if (!node.devices().isEmpty()) {
            // They are listed one by one; the MIG manager is not asked to cut what a driver lists.
            return List.of();
        }
        return cuts(node.gpus(), node.allocatable(), device).map(cuts -> gpus(node.name(), device, holding, cuts)).orElse(List.of());
    }

    /** Of each GPU what it is cut into; empty: what is offered does not tell. */
    private static Optional<List<Map<String, Integer>>> cuts(int gpus, Map<String, Integer> allocatable, Device device) {
        Map<String, Integer> offered = new TreeMap<>();
        for (Map.Entry<String, Integer> offer : allocatable.entrySet()) {
            Optional<SliceProfile> profile = device.byResource(offer.getKey());
            if (profile.isPresent()) {
                offered.merge(profile.get().name(), offer.getValue(), Integer::sum);
            } else if (offer.getKey().startsWith(OF_THE_GPUS) && offer.getValue() > 0) {
                return Optional.empty();
            }
        }
        return device.table().divide(gpus, offered);
    }

    private static List<Gpu> gpus(String node, Device device, List<Holder> holding, List<Map<String, Integer>> cuts) {
        List<List<Gpu.Holder>> held = held(device, cuts, holding);
        if (held.stream().mapToInt(List::size).sum() < holding.stream().mapToInt(holder -> taken(device, holder)).sum()) {
            // Somebody runs on what the node does not offer any more: nobody may take it for idle.
            return List.of();
        }
        List<Gpu> gpus = new ArrayList<>();
        for (int index = 0; index < cuts.size(); index++) {
            // Which of the node's partitions a pod was given only the node knows.
            gpus.add(new Gpu(node, index, device.table(), cuts.get(index), held.get(index), false));
        }
        return gpus;
    }

    /** Each on the first GPU that has a partition of its profile left. */
    private static List<List<Gpu.Holder>> held(Device device, List<Map<String, Integer>> cuts, List<Holder> holding) {
        List<Map<String, Integer>> left = cuts.stream().<Map<String, Integer>>map(HashMap::new).toList();
        List<List<Gpu.Holder>> held = cuts.stream().<List<Gpu.Holder>>map(cut -> new ArrayList<>()).toList();
        for (Holder holder : holding) {
            Takes takes = device.takes().get(holder.profile());
            int missing = takes == null ? 0 : takes.amount();
            for (int index = 0; takes != null && missing > 0 && index < left.size(); index++) {
                if (left.get(index).getOrDefault(takes.name(), 0) > 0) {
                    left.get(index).merge(takes.name(), -1, Integer::sum);
                    held.get(index).add(new Gpu.Holder(holder.slice().toString(), takes.name()));
                    missing--;
                }
            }
        }
        return held;
    }

    /** How many partitions or GPUs; 1 where the catalogue does not know, so that it is missed. */
    private static int taken(Device device, Holder holder) {
        Takes takes = device.takes().get(holder.profile());
        return takes == null ? 1 : takes.amount();
    }
}

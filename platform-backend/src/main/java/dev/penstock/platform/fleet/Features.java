package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.FeatureView;
import dev.penstock.platform.catalog.CardShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which ways of giving GPUs out the nodes in service have, noticed from what they offer and how they are labelled. Pure. */
final class Features {

    private static final String GPU = "nvidia.com/gpu";
    private static final String SHARED = "nvidia.com/gpu.shared";
    private static final String CLAIMS = "Device claims (DRA)";
    private static final String HAMI = "HAMi";
    private static final String PARTITION = "nvidia.com/mig-";

    private final List<GpuNode> nodes;

    private Features(List<GpuNode> nodes) {
        this.nodes = nodes.stream().filter(GpuNode::inService).toList();
    }

    /** @param noClaims why devices cannot be claimed; null: they can be */
    static List<FeatureView> of(List<GpuNode> nodes, @Nullable String noClaims) {
        Features features = new Features(nodes);
        List<FeatureView> all = new ArrayList<>(List.of(
                features.feature("Whole GPUs", node -> node.sharing().equals("none") && offers(node, GPU),
                        "No node offers " + GPU + ": it needs NVIDIA's device plugin, and GPUs that are neither cut nor shared."),
                features.feature("MIG partitions",
                        node -> node.allocatable().keySet().stream().anyMatch(name -> name.startsWith(PARTITION) && offers(node, name)),
                        "No node offers partitions by name: it needs GPUs that can be cut, the MIG manager, and the device plugin's MIG strategy mixed."),
                features.sharing("Time-slicing", "time-slicing", "timeSlicing"),
                features.sharing("MPS", "mps", "mps"),
                features.claims(noClaims)));
        features.byHami().ifPresent(all::add);
        return List.copyOf(all);
    }

    private FeatureView feature(String name, Predicate<GpuNode> has, String missing) {
        long count = nodes.stream().filter(has).count();
        return new FeatureView(name, count > 0, count > 0 ? "On " + count + " of " + nodes.size() + " nodes in service." : missing);
    }

    private FeatureView claims(@Nullable String noClaims) {
        if (noClaims != null) {
            return new FeatureView(CLAIMS, false, noClaims);
        }
        long twice = nodes.stream().filter(GpuNode::givenOutTwice).count();
        if (twice > 0) {
            return new FeatureView(CLAIMS, false, "On " + twice + " of " + nodes.size() + " nodes a driver lists GPUs that a device plugin counts as well. Nothing on those is given out: one of the two has to go.");
        }
        return feature(CLAIMS, node -> !node.devices().isEmpty(), "No ResourceSlice lists a GPU that can be given out by itself: it needs NVIDIA's DRA driver.");
    }

    /** Only where it is: a cluster without it misses nothing. */
    private Optional<FeatureView> byHami() {
        List<GpuNode> handed = nodes.stream().filter(node -> node.sharing().equals("hami")).toList();
        List<GpuNode> offering = handed.stream()
                .filter(node -> node.allocatable().keySet().stream().anyMatch(name -> CardShare.named(name).isPresent() && offers(node, name)))
                .toList();
        if (handed.isEmpty()) {
            return Optional.empty();
        }
        if (!offering.isEmpty()) {
            return Optional.of(new FeatureView(HAMI, true, "On " + offering.size() + " of " + nodes.size() + " nodes in service, " + among(offering) + " slices a GPU."));
        }
        return Optional.of(new FeatureView(HAMI, false, "It hands out the GPUs of " + handed.size() + " of " + nodes.size()
                + " nodes. Nothing on those is given out: it needs the label penstock.dev/hami-shares with 2, 4 or 8, "
                + "and healthy cards in mode hami-core that hold a share beside what others have of them."));
    }

    private static String among(List<GpuNode> offering) {
        return offering.stream().map(GpuNode::replicas).collect(Collectors.toCollection(TreeSet::new)).stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private FeatureView sharing(String name, String strategy, String key) {
        List<GpuNode> labelled = nodes.stream().filter(node -> node.sharing().equals(strategy)).toList();
        List<GpuNode> offering = labelled.stream().filter(node -> offers(node, SHARED)).toList();
        if (!offering.isEmpty()) {
            return new FeatureView(name, true, "On " + offering.size() + " of " + nodes.size() + " nodes in service, " + among(offering) + " slices a GPU.");
        }
        String missing = labelled.isEmpty()
                ? "No node is labelled nvidia.com/gpu.sharing-strategy=" + strategy + ": it needs sharing." + key + " in the device plugin's configuration."
                : "A node shares its GPUs under their usual name, so nothing on it is given out: it needs renameByDefault in the device plugin's configuration.";
        return new FeatureView(name, false, missing);
    }

    private static boolean offers(GpuNode node, String resource) {
        return node.allocatable().getOrDefault(resource, 0) > 0;
    }
}

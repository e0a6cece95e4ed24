package dev.penstock.platform.fleet;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.slice.PartKind;
import java.util.List;

/** Why no node in service offers a profile, in a sentence for people. Pure. */
final class Missing {

    private Missing() {}

    static String of(SliceProfile profile, List<GpuNode> nodes) {
        PartKind kind = PartKind.of(profile);
        List<GpuNode> ofDevice = nodes.stream().filter(node -> node.product().equals(profile.nodeProduct())).toList();
        if (ofDevice.isEmpty()) {
            return "No node has a GPU of this device.";
        }
        if (ofDevice.stream().anyMatch(node -> !node.inService() && node.wouldOffer(kind) >= profile.amount())) {
            return "The nodes that offer it are not in service now.";
        }
        return switch (profile.kind()) {
            case WHOLE -> profile.amount() == 1
                    ? "No node has a GPU of this device that is neither cut nor shared."
                    : "No node has " + profile.amount() + " GPUs of this device that are neither cut nor shared.";
            case MIG -> "No GPU of this device is cut into it, or its node does not offer partitions by name (MIG strategy mixed).";
            case TIME_SLICED -> "No node of this device shares its GPUs by time-slicing among " + profile.replicas() + ".";
            case MPS -> "No node of this device shares its GPUs by MPS among " + profile.replicas() + ".";
            case HAMI -> ofDevice.stream().noneMatch(node -> node.sharing().equals("hami") && node.replicas() == profile.replicas())
                    ? "No node of this device has its GPUs divided by HAMi among " + profile.replicas() + " (label penstock.dev/hami-shares)."
                    : "No GPU that HAMi divides among " + profile.replicas() + " holds a share: others have of it, it is ill, or it is too small or cut.";
            case DRA -> ofDevice.stream().allMatch(node -> node.devices().isEmpty())
                    ? "No node of this device gives its GPUs out by claims (DRA)."
                    : "No node lists " + (profile.amount() == 1 ? "such a device" : profile.amount() + " such devices") + " for claims (DRA).";
        };
    }
}

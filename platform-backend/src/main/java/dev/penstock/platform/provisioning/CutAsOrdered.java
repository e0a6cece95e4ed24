package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.fleet.NodeOrder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Whether the MIG manager has done what it was told, by its own word and by what the node then offers. */
@Component
class CutAsOrdered {

    private final SliceProfiles profiles;

    CutAsOrdered(SliceProfiles profiles) {
        this.profiles = profiles;
    }

    enum Outcome {
        WORKING,
        DONE,
        FAILED
    }

    /** @param words for people; of {@code DONE} there is nothing to say */
    record Verdict(Outcome outcome, String words) {}

    /**
     * @param node labelled with the order's configuration
     * @param tooLong whether there is no more waiting
     */
    Verdict judge(NodeOrder order, NodeSeen node, boolean tooLong) {
        String state = Objects.requireNonNullElse(node.migState(), "");
        if (state.equals("failed")) {
            return new Verdict(Outcome.FAILED, "The MIG manager failed; its log on the node says why. Something may still use a GPU there.");
        }
        Map<String, Integer> wanted = wanted(order, node);
        Map<String, Integer> offered = offered(node);
        if (state.equals("success") && wanted.equals(offered)) {
            return new Verdict(Outcome.DONE, "");
        }
        String words = switch (state) {
            case "success" -> "The MIG manager is done; the node offers " + offered + " and not yet " + wanted + ".";
            case "" -> "The MIG manager was told and has not begun.";
            default -> "The MIG manager works: " + state + ".";
        };
        return tooLong ? new Verdict(Outcome.FAILED, "It takes too long. " + words) : new Verdict(Outcome.WORKING, words);
    }

    /** By resource; none is left away. */
    private Map<String, Integer> wanted(NodeOrder order, NodeSeen node) {
        Map<String, Integer> wanted = new TreeMap<>();
        for (Map<String, Integer> gpu : order.cut()) {
            if (gpu.isEmpty()) {
                profiles.all().stream().filter(profile -> isOf(profile, node) && profile.kind() == Kind.WHOLE && profile.isOfOneGpu()).forEach(whole -> wanted.merge(whole.resource(), 1, Integer::sum));
            }
            gpu.forEach((name, count) -> profiles.all().stream().filter(profile -> isOf(profile, node) && profile.isOfOneGpu() && profile.name().equals(name))
                    .forEach(profile -> wanted.merge(profile.resource(), count, Integer::sum)));
        }
        return wanted;
    }

    private Map<String, Integer> offered(NodeSeen node) {
        Map<String, Integer> offered = new TreeMap<>();
        profiles.all().stream().filter(profile -> isOf(profile, node)).forEach(profile -> offered.put(profile.resource(), node.allocatable().getOrDefault(profile.resource(), 0)));
        offered.values().removeIf(count -> count == 0);
        return offered;
    }

    private static boolean isOf(SliceProfile profile, NodeSeen node) {
        return profile.isCounted() && profile.nodeProduct().equals(node.product());
    }
}

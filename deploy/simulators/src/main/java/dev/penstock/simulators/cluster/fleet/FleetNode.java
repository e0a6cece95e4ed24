package dev.penstock.simulators.cluster.fleet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One machine.
 *
 * @param cpus processors
 * @param memoryGi memory in GiB
 * @param maxPods pods it takes
 * @param sharing how several pods use one of its GPUs
 * @param cards its GPUs in order, each as the list of MIG profiles it is cut into; an empty list is a whole GPU
 * @param claimed whether a driver lists its devices to be claimed, instead of a device plugin that counts them
 */
public record FleetNode(String name, GpuModel gpu, int cpus, int memoryGi, int maxPods, Sharing sharing,
        List<List<String>> cards, boolean claimed) {

    /** One whose devices a plugin counts. */
    public FleetNode(String name, GpuModel gpu, int cpus, int memoryGi, int maxPods, Sharing sharing, List<List<String>> cards) {
        this(name, gpu, cpus, memoryGi, maxPods, sharing, cards, false);
    }

    /** One whose GPUs are not shared. */
    public FleetNode(String name, GpuModel gpu, int cpus, int memoryGi, int maxPods, List<List<String>> cards) {
        this(name, gpu, cpus, memoryGi, maxPods, Sharing.NONE, cards);
    }

    public FleetNode {
        if (!name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?") || cpus <= 0 || memoryGi <= 0 || maxPods <= 0) {
            throw new IllegalArgumentException("node \"" + name + "\": needs a DNS name, cpus, memory and pods");
        }
        cards = cards.stream().map(List::copyOf).toList();
        for (List<String> card : cards) {
            checkFits(name, gpu, card);
        }
        if (sharing.isShared() && claimed) {
            throw new IllegalArgumentException("node \"" + name + "\": shares its GPUs and lists them for claims; here a node does one of both");
        }
        if (sharing.isShared() && cards.stream().anyMatch(card -> !card.isEmpty())) {
            throw new IllegalArgumentException("node \"" + name + "\": shares its GPUs and cuts them; here a node does one of both");
        }
    }

    /** Where they lie is the driver's business, whether they can is ours. */
    private static void checkFits(String name, GpuModel gpu, List<String> card) {
        if (!CardLayout.fits(card.stream().map(MigProfile::of).toList(), gpu)) {
            throw new IllegalArgumentException("node \"" + name + "\": " + card + " does not fit one " + gpu.product());
        }
    }

    /**
     * The same machine with its cards cut otherwise.
     *
     * @throws IllegalArgumentException when one of them cannot be, or there are more or fewer cards
     */
    public FleetNode cut(List<List<String>> otherwise) {
        if (otherwise.size() != cards.size()) {
            throw new IllegalArgumentException("node \"" + name + "\": has " + cards.size() + " cards, not " + otherwise.size());
        }
        return new FleetNode(name, gpu, cpus, memoryGi, maxPods, sharing, otherwise, claimed);
    }

    /** The same machine with a driver that lists its devices. */
    public FleetNode byClaims() {
        return new FleetNode(name, gpu, cpus, memoryGi, maxPods, sharing, cards, true);
    }

    /** Whether any card is cut. */
    public boolean isMig() {
        return cards.stream().anyMatch(card -> !card.isEmpty());
    }

    /** The devices its device plugin offers, by resource name. */
    public Map<String, Integer> devices() {
        Map<String, Integer> devices = new TreeMap<>();
        if (claimed) {
            return devices;
        }
        int whole = (int) cards.stream().filter(List::isEmpty).count();
        if (sharing.isHami()) {
            devices.put("nvidia.com/gpu", whole * HamiCards.PLACES);
        } else if (sharing.isShared()) {
            devices.put("nvidia.com/gpu.shared", whole * sharing.replicas());
        } else if (!cards.isEmpty()) {
            devices.put("nvidia.com/gpu", whole);
        }
        cards.forEach(card -> card.forEach(profile ->
                devices.merge("nvidia.com/mig-" + profile.replace('+', '.'), 1, Integer::sum)));
        return devices;
    }
}

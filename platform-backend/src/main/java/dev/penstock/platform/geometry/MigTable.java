package dev.penstock.platform.geometry;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How GPUs of one device can be cut. All that can be is found once, by trying: a card of eight slots has a few hundred geometries that differ by what they
 * have of each profile.
 */
public final class MigTable {

    private static final int MOST_SLOTS = 16;

    private final String device;
    private final int compute;
    private final int memory;
    private final Map<String, MigProfile> profiles;
    private final List<MigProfile> inOrder;
    private final Map<Map<String, Integer>, Geometry> geometries;
    private final List<Geometry> full;

    /**
     * @param device value of the node label {@code nvidia.com/gpu.product}
     * @param compute slots of computing that a GPU has
     * @param memory slots of memory
     * @throws IllegalArgumentException when a profile does not fit a GPU that has nothing else, or two have one name
     */
    public MigTable(String device, int compute, int memory, Collection<MigProfile> profiles) {
        if (memory > MOST_SLOTS || profiles.isEmpty()) {
            throw new IllegalArgumentException(device + ": " + memory + " slots, " + profiles.size() + " profiles");
        }
        this.device = device;
        this.compute = compute;
        this.memory = memory;
        Map<String, MigProfile> byName = new LinkedHashMap<>();
        for (MigProfile profile : profiles) {
            boolean fits = profile.compute() <= compute && profile.starts().getLast() + profile.memory() <= memory;
            if (!fits || byName.put(profile.name(), profile) != null) {
                throw new IllegalArgumentException(device + ": " + profile + " does not fit, or is there twice");
            }
        }
        this.profiles = Collections.unmodifiableMap(byName);
        this.inOrder = List.copyOf(byName.values());
        this.geometries = found();
        this.full = geometries.values().stream().filter(geometry -> inOrder.stream().noneMatch(more -> geometries.containsKey(plus(geometry.counts(), more.name())))).toList();
    }

    public String device() {
        return device;
    }

    public int compute() {
        return compute;
    }

    public int memory() {
        return memory;
    }

    /** In the order of the table. */
    public List<MigProfile> profiles() {
        return inOrder;
    }

    /** @throws IllegalArgumentException when the device has no such profile */
    public MigProfile profile(String name) {
        return Optional.ofNullable(profiles.get(name)).orElseThrow(() -> new IllegalArgumentException(device + " has no profile " + name));
    }

    public boolean has(String name) {
        return profiles.containsKey(name);
    }

    /** Its place in {@link #profiles}. */
    int index(String name) {
        return inOrder.indexOf(profile(name));
    }

    /** How many of each profile, in their order. */
    int[] vector(Map<String, Integer> counts) {
        return inOrder.stream().mapToInt(profile -> counts.getOrDefault(profile.name(), 0)).toArray();
    }

    /** One with exactly these, wherever they lie; empty: there is none. */
    public Optional<Geometry> geometry(Map<String, Integer> counts) {
        return Optional.ofNullable(geometries.get(counts));
    }

    /** Those to which nothing can be added. Every other one is a part of one of them. */
    public List<Geometry> full() {
        return full;
    }

    /**
     * How so many partitions can be divided among GPUs: a cluster tells what a node offers in all, and not which of it is on one GPU.
     *
     * @param partitions by name; names that the table does not have count nothing
     * @return of each GPU how many it has of each; empty: there is no way, or none that is found within bounds
     */
    public Optional<List<Map<String, Integer>>> divide(int gpus, Map<String, Integer> partitions) {
        return new Division(this, geometries.values(), gpus).of(partitions);
    }

    /**
     * Joint availability: how many of each profile would fit beside these, each profile by itself. Taking one of any lowers those of others.
     *
     * @return by name, every profile of the table
     */
    public Map<String, Integer> room(Collection<Placement> taken) {
        Deque<Placement> beside = new ArrayDeque<>(taken);
        Map<String, Integer> room = new LinkedHashMap<>();
        inOrder.forEach(profile -> room.put(profile.name(), most(profile, beside)));
        return room;
    }

    /** Intervals of one length on a line: whoever takes the earliest start that is free gets as many as there can be. */
    private int most(MigProfile profile, Deque<Placement> taken) {
        int fitted = 0;
        for (int start : profile.starts()) {
            Placement next = new Placement(profile, start);
            if (fits(next, taken)) {
                taken.push(next);
                fitted++;
            }
        }
        for (int each = 0; each < fitted; each++) {
            taken.pop();
        }
        return fitted;
    }

    private boolean fits(Placement next, Collection<Placement> taken) {
        int used = 0;
        int alike = 0;
        for (Placement each : taken) {
            if ((each.slots() & next.slots()) != 0) {
                return false;
            }
            used += each.profile().compute();
            alike += each.profile().equals(next.profile()) ? 1 : 0;
        }
        return used + next.profile().compute() <= compute && alike < next.profile().most();
    }

    /** By what they have of each profile: where several lie differently, the first found. */
    private Map<Map<String, Integer>, Geometry> found() {
        Map<Map<String, Integer>, Geometry> found = new LinkedHashMap<>();
        List<Placement> all = inOrder.stream().flatMap(profile -> profile.starts().stream().map(start -> new Placement(profile, start))).toList();
        extend(all, 0, new ArrayDeque<>(), found);
        return Collections.unmodifiableMap(found);
    }

    private void extend(List<Placement> all, int from, Deque<Placement> taken, Map<Map<String, Integer>, Geometry> found) {
        for (int next = from; next < all.size(); next++) {
            Placement placement = all.get(next);
            if (fits(placement, taken)) {
                taken.push(placement);
                Geometry geometry = new Geometry(List.copyOf(taken), inOrder);
                found.putIfAbsent(geometry.counts(), geometry);
                extend(all, next + 1, taken, found);
                taken.pop();
            }
        }
    }

    private static Map<String, Integer> plus(Map<String, Integer> counts, String one) {
        Map<String, Integer> more = new TreeMap<>(counts);
        more.merge(one, 1, Integer::sum);
        return more;
    }
}

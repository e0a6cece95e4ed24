package dev.penstock.platform.geometry;

import dev.penstock.platform.geometry.Gpu.Holder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in the making. */
final class Draft {

    /**
     * Cutting a GPU so.
     *
     * @param parts that those get who wait
     * @param stopped who runs there now
     * @param moved who has to go elsewhere
     * @param stranded slots of computing that no partition has
     */
    private record Step(Spot spot, Geometry geometry, long parts, int stopped, int moved, int stranded) {

        /** Whoever stops nobody first, then by what one stop wins. */
        boolean isBetterThan(@Nullable Step other) {
            if (other == null) {
                return true;
            }
            if ((stopped == 0) != (other.stopped == 0)) {
                return stopped == 0;
            }
            long here = parts * Math.max(1, other.stopped);
            long there = other.parts * Math.max(1, stopped);
            if (here != there) {
                return here > there;
            }
            return moved != other.moved ? moved < other.moved : stranded < other.stranded;
        }
    }

    private final List<Wanted> waiting;
    private final Map<String, Spot.Stop> stops = new HashMap<>();
    private final List<Spot> spots;
    private final Map<MigTable, List<Spot>> byTable;
    private final Map<String, MigTable> tables = new HashMap<>();

    Draft(Collection<Gpu> gpus, List<Wanted> waiting) {
        this.waiting = waiting;
        this.spots = gpus.stream().sorted().map(gpu -> new Spot(gpu, stops.computeIfAbsent(gpu.stoppedWith(), first -> new Spot.Stop()))).toList();
        this.byTable = spots.stream().collect(Collectors.groupingBy(Spot::table, LinkedHashMap::new, Collectors.toList()));
        byTable.keySet().forEach(table -> tables.put(table.device(), table));
    }

    /** A free partition, else a part of the first idle GPU that can be cut for it. */
    void firstFit(Wanted wanted) {
        if (!intoIdle(wanted) && knows(wanted)) {
            MigTable table = table(wanted);
            int profile = table.index(wanted.profile());
            for (Spot spot : spots(table)) {
                Geometry geometry = spot.stopping() == 0 ? spot.withRoomFor(profile) : null;
                if (geometry != null) {
                    spot.cutAnew(geometry);
                    spot.come(wanted);
                    return;
                }
            }
        }
    }

    /** A partition that is free. */
    boolean intoIdle(Wanted wanted) {
        if (!knows(wanted)) {
            return false;
        }
        MigTable table = table(wanted);
        int profile = table.index(wanted.profile());
        for (Spot spot : spots(table)) {
            if (spot.free(profile) > 0) {
                spot.come(wanted);
                return true;
            }
        }
        return false;
    }

    /** One GPU after the other, each time the one and the geometry by which most is won, until nothing is won any more. */
    void cutByBestGeometry(int mostStopped) {
        byTable.keySet().forEach(table -> cutByBestGeometry(table, mostStopped));
    }

    private void cutByBestGeometry(MigTable table, int mostStopped) {
        Step best = best(table, mostStopped - drained());
        while (best != null) {
            take(best);
            best = best(table, mostStopped - drained());
        }
    }

    private @Nullable Step best(MigTable table, int mostStopped) {
        List<Wanted> left = left(table);
        if (left.isEmpty()) {
            return null;
        }
        int[] wanting = new int[table.profiles().size()];
        long[] worth = new long[wanting.length];
        for (Wanted each : left) {
            wanting[table.index(each.profile())]++;
            worth[table.index(each.profile())] = each.parts();
        }
        int[] free = free(table);
        Map<Spot.Kind, Spot> kinds = new LinkedHashMap<>();
        spots(table).stream().filter(spot -> spot.stopping() <= mostStopped).forEach(spot -> kinds.putIfAbsent(spot.kind(), spot));
        Step best = null;
        for (Spot spot : kinds.values()) {
            for (Geometry geometry : table.full()) {
                Step step = step(spot, geometry, wanting, worth, free);
                if (step != null && step.parts() > 0 && step.isBetterThan(best)) {
                    best = step;
                }
            }
        }
        return best;
    }

    /** Null: somebody who is there would have no place. */
    private static @Nullable Step step(Spot spot, Geometry geometry, int[] wanting, long[] worth, int[] free) {
        int[] counts = geometry.vector();
        long parts = 0;
        int moved = 0;
        for (int profile = 0; profile < counts.length; profile++) {
            int missing = spot.taken(profile) - counts[profile];
            if (missing > 0) {
                if (missing > free[profile] - spot.free(profile)) {
                    return null;
                }
                moved += missing;
            } else if (missing < 0) {
                parts += worth[profile] * Math.min(-missing, wanting[profile]);
            }
        }
        return new Step(spot, geometry, parts, spot.stopping(), moved, geometry.strandedCompute(spot.table()));
    }

    private void take(Step step) {
        Spot spot = step.spot();
        MigTable table = spot.table();
        spot.cutAnew(step.geometry());
        for (int profile = 0; profile < table.profiles().size(); profile++) {
            while (spot.free(profile) < 0) {
                spot.sendTo(another(spot, profile), table.profiles().get(profile).name());
            }
        }
        for (Wanted each : left(table)) {
            if (spot.free(table.index(each.profile())) > 0) {
                spot.come(each);
            }
        }
    }

    private Spot another(Spot than, int profile) {
        return spots(than.table()).stream().filter(spot -> spot != than && spot.free(profile) > 0).findFirst().orElseThrow();
    }

    private int[] free(MigTable table) {
        int[] free = new int[table.profiles().size()];
        for (Spot spot : spots(table)) {
            for (int profile = 0; profile < free.length; profile++) {
                free[profile] += spot.free(profile);
            }
        }
        return free;
    }

    private boolean knows(Wanted wanted) {
        MigTable table = tables.get(wanted.device());
        return table != null && table.has(wanted.profile());
    }

    private MigTable table(Wanted wanted) {
        return Objects.requireNonNull(tables.get(wanted.device()), wanted.device());
    }

    private List<Spot> spots(MigTable table) {
        return byTable.getOrDefault(table, List.of());
    }

    private List<Wanted> left(MigTable table) {
        return left().stream().filter(each -> each.device().equals(table.device()) && table.has(each.profile())).toList();
    }

    private List<Wanted> left() {
        Map<Wanted, Spot> served = places();
        return waiting.stream().filter(each -> !served.containsKey(each)).toList();
    }

    /** By who waits, themselves and not their likes. */
    private Map<Wanted, Spot> places() {
        Map<Wanted, Spot> places = new IdentityHashMap<>();
        spots.forEach(spot -> spot.coming().forEach(each -> places.put(each, spot)));
        return places;
    }

    long parts() {
        return spots.stream().flatMap(spot -> spot.coming().stream()).mapToLong(Wanted::parts).sum();
    }

    int served() {
        return spots.stream().mapToInt(spot -> spot.coming().size()).sum();
    }

    int drained() {
        return stops.values().stream().mapToInt(Spot.Stop::stopped).sum();
    }

    int recuts() {
        return (int) spots.stream().filter(spot -> spot.after() != null).count();
    }

    /** How late those come in the order of waiting who are served. */
    long lateness() {
        Map<Wanted, Spot> served = places();
        long lateness = 0;
        for (int place = 0; place < waiting.size(); place++) {
            lateness += served.containsKey(waiting.get(place)) ? place : 0;
        }
        return lateness;
    }

    Plan plan() {
        Map<Holder, Gpu> stays = new IdentityHashMap<>();
        spots.forEach(spot -> spot.staying().forEach(holder -> stays.put(holder, spot.gpu())));
        List<Plan.Recut> recuts = new ArrayList<>();
        List<Plan.Drained> drained = new ArrayList<>();
        for (Spot spot : spots) {
            Geometry after = spot.after();
            if (after != null) {
                recuts.add(new Plan.Recut(spot.gpu(), after));
            }
            if (spot.isStopped()) {
                spot.gpu().holders().forEach(holder -> drained.add(new Plan.Drained(holder, spot.gpu(), Objects.requireNonNull(stays.get(holder)))));
            }
        }
        Map<Wanted, Spot> places = places();
        List<Plan.Served> served = waiting.stream().filter(places::containsKey)
                .map(each -> new Plan.Served(each, Objects.requireNonNull(places.get(each)).gpu())).toList();
        return new Plan(recuts, drained, served, left());
    }
}

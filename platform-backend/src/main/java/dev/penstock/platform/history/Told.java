package dev.penstock.platform.history;

import dev.penstock.contract.platform.FleetChanges;
import dev.penstock.contract.platform.FleetChanges.Change;
import dev.penstock.contract.platform.FleetChanges.Difference;
import dev.penstock.contract.platform.FleetChanges.Gap;
import dev.penstock.contract.platform.FleetChanges.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Intervals told as changes, each with what differs. Pure. */
final class Told {

    private static final String NONE = "none";

    private final List<Stretch> stretches;
    private final List<Interval> intervals;
    private final Map<Edge, Interval> begins = new HashMap<>();
    private final Map<Edge, Interval> ends = new HashMap<>();

    private record Edge(String node, Instant at) {}

    /**
     * @param stretches by time, with the one before
     * @param intervals every one that begins or ends at a change
     */
    Told(List<Stretch> stretches, List<Interval> intervals) {
        this.stretches = stretches;
        this.intervals = intervals;
        for (Interval interval : intervals) {
            begins.put(new Edge(interval.state().node(), interval.from()), interval);
            Instant until = interval.until();
            if (until != null) {
                ends.put(new Edge(interval.state().node(), until), interval);
            }
        }
    }

    /**
     * @param after changes then are not told
     * @param next the first look after all of it; null: none yet
     * @param unknownBefore whether the time begins before the first look of all
     */
    FleetChanges view(Instant after, Instant until, int most, @Nullable Instant next, boolean unknownBefore) {
        Set<Edge> edges = new TreeSet<>(Comparator.comparing(Edge::at).reversed().thenComparing(Edge::node));
        edges.addAll(begins.keySet());
        edges.addAll(ends.keySet());
        List<Change> changes = edges.stream().filter(edge -> edge.at().isAfter(after) && edge.at().isBefore(until)).map(this::change).toList();
        return new FleetChanges(changes.stream().limit(most).toList(), changes.size() > most, gaps(until, next, unknownBefore));
    }

    private Change change(Edge edge) {
        Interval before = ends.get(edge);
        Interval now = begins.get(edge);
        Kind kind = before == null ? Kind.APPEARED : now == null ? Kind.VANISHED : Kind.CHANGED;
        return new Change(edge.at(), unseenSince(edge.at()), edge.node(), kind, differences(before == null ? null : before.state(), now == null ? null : now.state()));
    }

    /** Noticed at the first look of a stretch: it happened at any time since the last look of the one before. */
    private @Nullable Instant unseenSince(Instant at) {
        for (int index = 1; index < stretches.size(); index++) {
            if (stretches.get(index).from().equals(at)) {
                return stretches.get(index - 1).until();
            }
        }
        return null;
    }

    private List<Gap> gaps(Instant until, @Nullable Instant next, boolean unknownBefore) {
        List<Gap> gaps = new ArrayList<>();
        if (unknownBefore) {
            gaps.add(new Gap(null, stretches.isEmpty() ? next : stretches.getFirst().from()));
        }
        for (int index = 1; index < stretches.size(); index++) {
            gaps.add(new Gap(stretches.get(index - 1).until(), stretches.get(index).from()));
        }
        if (!stretches.isEmpty() && stretches.getLast().until().isBefore(until) && next != null) {
            gaps.add(new Gap(stretches.getLast().until(), next));
        }
        return gaps.reversed();
    }

    private static List<Difference> differences(@Nullable NodeState before, @Nullable NodeState now) {
        Map<String, String> old = before == null ? Map.of() : properties(before);
        Map<String, String> fresh = now == null ? Map.of() : properties(now);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        return names.stream().filter(name -> !Objects.equals(old.get(name), fresh.get(name))).map(name -> new Difference(name, old.get(name), fresh.get(name))).toList();
    }

    /** What is not the case, or nought, is left away where it need not be told. */
    private static Map<String, String> properties(NodeState state) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("product", state.product());
        properties.put("ready", state.ready() ? "yes" : "no");
        properties.put("takes new pods", state.schedulable() ? "yes" : "no");
        if (state.gpus() > 0) {
            properties.put("GPUs", String.valueOf(state.gpus()));
        }
        if (!state.sharing().equals(NONE)) {
            properties.put("shared by", state.sharing());
            properties.put("slices a GPU", String.valueOf(state.replicas()));
        }
        state.offered().forEach((resource, count) -> {
            if (count > 0) {
                properties.put(resource, String.valueOf(count));
            }
        });
        return properties;
    }
}

package dev.penstock.platform.history;

import dev.penstock.contract.platform.Within;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.fleet.GpuNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers what each look at the nodes finds changed. Of all replicas one writes: two that look at the same cluster see its changes at different moments, and
 * would write each of them there and back. See docs/decisions/030.
 */
@Component
public class FleetHistory implements BackgroundWork {

    private static final Actor HISTORY = Actor.system("fleet-history");

    private final JobTransactions transactions;
    private final HistoryTable table;
    private final HistorySettings settings;
    private final Clock clock;
    private final Counter rows;
    private final Rhythm rhythm;
    /** This replica, for as long as it runs. */
    private final UUID self;
    private @Nullable Written written;

    /** What this replica wrote last. Only as good as long as no other one has written since. */
    private record Written(Map<String, NodeState> nodes, Instant at) {}

    FleetHistory(JobTransactions transactions, HistoryTable table, HistorySettings settings, Clock clock, Supplier<UUID> ids, MeterRegistry metrics) {
        this.transactions = transactions;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
        this.self = ids.get();
        this.rows = Counter.builder("penstock.history.rows").description("What nodes were seen as that was otherwise or nothing before").register(metrics);
        this.rhythm = Rhythm.of("fleet-history", settings.forgetEvery(), this::forget);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /**
     * All nodes, looked at then.
     *
     * @param silent clusters that were asked and did not answer: of their nodes it stays as it was, whatever is said of them here
     */
    public synchronized void observed(List<GpuNode> seen, Set<String> silent, Instant at) {
        // As exactly as the database keeps it, or what was just written would lie a little in the future.
        Instant look = at.truncatedTo(ChronoUnit.MILLIS);
        Map<String, NodeState> told = seen.stream()
                .filter(node -> !silent.contains(Within.of(node.name()).cluster()))
                .collect(Collectors.toMap(GpuNode::name, NodeState::of, (one, other) -> other, TreeMap::new));
        Written before = written;
        if (before != null && before.nodes().equals(and(told, silent, before.nodes())) && look.isBefore(before.at().plus(settings.extendsEvery()))) {
            return;
        }
        // Whoever fails here does not know what is stored: also an answer to a commit can be lost.
        written = null;
        written = transactions.acrossTenants(Job.RECONCILE, HISTORY, () -> write(before, told, silent, look));
    }

    private static Map<String, NodeState> and(Map<String, NodeState> told, Set<String> silent, Map<String, NodeState> before) {
        Map<String, NodeState> now = new TreeMap<>(told);
        before.forEach((node, state) -> {
            if (silent.contains(Within.of(node).cluster())) {
                now.put(node, state);
            }
        });
        return now;
    }

    /** @return null if another replica does */
    private @Nullable Written write(@Nullable Written known, Map<String, NodeState> told, Set<String> silent, Instant at) {
        table.lock();
        Optional<Stretch> last = table.last();
        boolean mine = last.isPresent() && last.get().keeper().equals(self);
        if (last.isPresent() && !isMyTurn(last.get(), mine, at)) {
            return null;
        }
        if (last.isPresent() && !at.isAfter(last.get().until().plus(settings.gap()))) {
            table.extend(last.get(), at, self);
        } else {
            table.begin(at, self);
        }
        Map<String, NodeState> before = mine && known != null ? known.nodes() : stored();
        Map<String, NodeState> now = and(told, silent, before);
        record(before, now, at);
        return new Written(now, at);
    }

    private boolean isMyTurn(Stretch last, boolean mine, Instant at) {
        return at.isAfter(last.until()) && (mine || !at.isBefore(last.until().plus(settings.takesOver())));
    }

    private Map<String, NodeState> stored() {
        return table.now().stream().collect(Collectors.toMap(NodeState::node, state -> state));
    }

    private void record(Map<String, NodeState> before, Map<String, NodeState> now, Instant at) {
        Map<String, NodeState> fresh = new HashMap<>(now);
        fresh.entrySet().removeIf(each -> each.getValue().equals(before.get(each.getKey())));
        List<String> over = before.entrySet().stream().filter(each -> !each.getValue().equals(now.get(each.getKey()))).map(Map.Entry::getKey).toList();
        table.close(over, at);
        table.insert(fresh.values(), at);
        rows.increment(fresh.size());
    }

    void forget() {
        transactions.acrossTenants(Job.RECONCILE, HISTORY, () -> table.forget(clock.instant().minus(settings.keep())));
    }
}

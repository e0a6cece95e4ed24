package dev.penstock.platform.fleet;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.contract.platform.Within;
import dev.penstock.platform.slice.Offer;
import dev.penstock.platform.slice.Offered;
import dev.penstock.platform.slice.PartKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The nodes as this replica last saw them. Each replica looks for itself: nothing of it is stored. */
@Component
public class Fleet {

    private static final Actor WATCH = Actor.system("fleet-watch");

    private final JobTransactions transactions;
    private final Changes changes;
    private volatile @Nullable Map<String, GpuNode> nodes;
    private volatile @Nullable String noClaims;
    private volatile Looked looked = new Looked(Map.of(), Set.of());

    /** Read as one: nodes of a cluster that was silent, and that it answers again, would be taken for lost. */
    private record Looked(Map<String, GpuNode> nodes, Set<String> answering) {}

    Fleet(JobTransactions transactions, Changes changes) {
        this.transactions = transactions;
        this.changes = changes;
    }

    /** All nodes, just looked at. Whoever has the fleet on screen is told of those that changed. */
    public void observed(List<GpuNode> seen) {
        observed(seen, null, Set.of(""));
    }

    /**
     * @param noClaims why devices cannot be claimed, in a sentence for people; null: they can be
     * @param answering clusters that told of their nodes just now; nothing is known of those in others
     */
    public void observed(List<GpuNode> seen, @Nullable String noClaims, Set<String> answering) {
        this.noClaims = noClaims;
        Map<String, GpuNode> before = nodes;
        Map<String, GpuNode> now = new TreeMap<>();
        seen.forEach(node -> now.put(node.name(), node));
        nodes = now;
        looked = new Looked(now, Set.copyOf(answering));
        List<String> changed = before == null ? List.of() : changed(before, now);
        if (!changed.isEmpty()) {
            transactions.acrossTenants(Job.RECONCILE, WATCH, () -> {
                changed.forEach(name -> changes.tell("fleet", null, null, name, null));
                return changed;
            });
        }
    }

    /** What of the kind nodes in service offer; empty: the cluster was not seen yet. */
    public Optional<Offered> offered(PartKind kind) {
        Map<String, GpuNode> known = nodes;
        return Optional.ofNullable(known).map(all -> new Offered(kind, all.values().stream()
                .filter(node -> node.offers(kind) > 0)
                .collect(Collectors.toMap(GpuNode::name, node -> node.offers(kind)))));
    }

    /** What nodes in service offer of all profiles; empty: the cluster was not seen yet. */
    public Optional<Offer> offer(List<SliceProfile> profiles) {
        Map<PartKind, Offered> kinds = new HashMap<>();
        Map<String, Long> deviceParts = new HashMap<>();
        for (SliceProfile profile : profiles) {
            PartKind kind = PartKind.of(profile);
            Optional<Offered> offered = offered(kind);
            if (offered.isEmpty()) {
                return Optional.empty();
            }
            // Profiles of one kind draw on the same parts.
            if (kinds.put(kind, offered.get()) == null) {
                deviceParts.merge(kind.nodeProduct(), (long) offered.get().slicesOf(1) * profile.parts() / profile.amount(), Long::sum);
            }
        }
        return Optional.of(new Offer(kinds, deviceParts));
    }

    /** Whether it makes sense to ask for: a node has the product, and lists devices if they are to be claimed. Until the cluster was seen, nobody can say that there is none. */
    boolean mayHave(SliceProfile profile) {
        Map<String, GpuNode> known = nodes;
        return known == null || known.values().stream().anyMatch(node -> node.product().equals(profile.nodeProduct()) && (profile.isCounted() || !node.devices().isEmpty()));
    }

    /** Whether a node is gone, or was not ready for at least {@code patience}. Nobody knows that of a cluster that does not answer. */
    public boolean lost(String name, Instant now, Duration patience) {
        Looked last = looked;
        if (!last.answering().contains(Within.of(name).cluster())) {
            return false;
        }
        GpuNode node = last.nodes().get(name);
        return node == null || (!node.ready() && !now.isBefore(node.since().plus(patience)));
    }

    /** Whether others answered when the nodes were last looked at, and this cluster did not. Where none answers it is asked as if nobody had looked. */
    public boolean isSilent(String cluster) {
        Set<String> answering = looked.answering();
        return !answering.isEmpty() && !answering.contains(cluster);
    }

    /** Why devices cannot be claimed, in a sentence for people; null: they can be. */
    @Nullable String noClaims() {
        return noClaims;
    }

    /** By name. */
    List<GpuNode> nodes() {
        Map<String, GpuNode> known = nodes;
        return known == null ? List.of() : known.values().stream().sorted(Comparator.comparing(GpuNode::name)).toList();
    }

    private static List<String> changed(Map<String, GpuNode> before, Map<String, GpuNode> now) {
        TreeMap<String, GpuNode> all = new TreeMap<>(before);
        all.putAll(now);
        return all.keySet().stream()
                .filter(name -> {
                    GpuNode old = before.get(name);
                    GpuNode fresh = now.get(name);
                    return old == null || fresh == null || !old.sameAs(fresh);
                })
                .toList();
    }
}

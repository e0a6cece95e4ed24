package dev.penstock.platform.fleet;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.RepackId;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.RepackConsent;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.CutNodes.CutNode;
import dev.penstock.platform.fleet.CutNodes.Picture;
import dev.penstock.platform.geometry.Gpu;
import dev.penstock.platform.geometry.Plan;
import dev.penstock.platform.geometry.Wanted;
import dev.penstock.platform.slice.Holders.Holder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Proposals to cut GPUs anew, and consent to one: it is made again, and has to be the same one. */
@Component
class Repacks {

    private final CutNodes nodes;
    private final SliceProfiles profiles;
    private final JobTransactions transactions;
    private final NodeOrderTable orders;
    private final Access access;
    private final Supplier<UUID> ids;
    private final Clock clock;

    Repacks(CutNodes nodes, SliceProfiles profiles, JobTransactions transactions, NodeOrderTable orders, Access access, Supplier<UUID> ids, Clock clock) {
        this.nodes = nodes;
        this.profiles = profiles;
        this.transactions = transactions;
        this.orders = orders;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param view the plan in the words of the contract */
    private record Proposal(Picture picture, Plan plan, RepackView view) {}

    RepackView propose(int mostStopped) {
        return make(mostStopped).view();
    }

    /** An order for each node that the proposal cuts. Repeating it changes nothing. */
    List<NodeOrderView> apply(RepackId repack, RepackConsent consent) {
        List<NodeOrder> before = transactions.acrossTenants(Job.ORG, access.actor(), () -> orders.ofRepack(repack));
        if (!before.isEmpty()) {
            return before.stream().map(FleetViews::order).toList();
        }
        Proposal now = make(consent.mostStopped());
        if (now.plan().recuts().isEmpty() || !now.view().fingerprint().equals(consent.fingerprint())) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The fleet has changed since this was proposed: " + differences(consent, now.view()) + " Nothing was done; look at the new proposal.");
        }
        List<NodeOrder> made = orders(repack, consent, now);
        return transactions.acrossTenants(Job.WEB, access.actor(), () -> {
            made.forEach(order -> orders.lock(order.node()));
            List<NodeOrder> meanwhile = orders.ofRepack(repack);
            if (!meanwhile.isEmpty()) {
                return meanwhile;
            }
            made.forEach(order -> orders.live(order.node()).ifPresent(live -> {
                throw new ProblemException(Problem.WRONG_STATE, order.node() + " has an order that has not ended.").with("order", live.id().toString());
            }));
            made.forEach(orders::insert);
            return made;
        }).stream().map(FleetViews::order).toList();
    }

    private Proposal make(int mostStopped) {
        Picture picture = nodes.now();
        Set<String> ordered = transactions.acrossTenants(Job.ORG, access.actor(), () -> orders.live().stream().map(NodeOrder::node).collect(Collectors.toSet()));
        List<ClusterPlans.Wanting> waiting = picture.slices().values().stream().filter(Holder::waits).flatMap(this::wanted).toList();
        Plan plan = ClusterPlans.best(picture.plannable(ordered), waiting, mostStopped);
        return new Proposal(picture, plan, FleetViews.repack(plan, picture));
    }

    private Stream<ClusterPlans.Wanting> wanted(Holder holder) {
        return profiles.find(holder.profile()).filter(profile -> profile.isOfOneGpu() && profile.isCounted()).stream()
                .map((SliceProfile profile) -> new ClusterPlans.Wanting(
                        new Wanted(holder.slice().toString(), profile.nodeProduct(), profile.name(), profile.parts()), holder.within()));
    }

    private List<NodeOrder> orders(RepackId repack, RepackConsent consent, Proposal proposal) {
        Instant now = clock.instant();
        List<NodeOrder> made = new ArrayList<>();
        for (String node : new TreeSet<>(proposal.plan().recuts().stream().map(recut -> recut.gpu().node()).toList())) {
            // Also who comes here from another node that is cut: they find no place before this one is open again.
            List<String> stops = proposal.plan().drained().stream().filter(drained -> drained.from().node().equals(node) || drained.to().node().equals(node))
                    .map(drained -> drained.holder().id()).toList();
            made.add(NodeOrder.recut(
                    new OrderId(ids.get()), node, access.caller().subject(), now, consent.reason(), now.plusSeconds(consent.noticeSeconds()), repack, cut(node, proposal), stops));
        }
        return made;
    }

    /** The whole node's: its other GPUs stay as they are. */
    private List<Map<String, Integer>> cut(String node, Proposal proposal) {
        Map<Integer, Map<String, Integer>> after = proposal.plan().recuts().stream().filter(recut -> recut.gpu().node().equals(node))
                .collect(Collectors.toMap(recut -> recut.gpu().index(), recut -> recut.after().counts()));
        CutNode cut = proposal.picture().nodes().stream().filter(each -> each.node().name().equals(node)).findFirst().orElseThrow();
        return cut.gpus().stream().map(gpu -> partitions(gpu, after.getOrDefault(gpu.index(), gpu.cut()))).toList();
    }

    /** Without what is no partition: a GPU that is not cut. */
    private Map<String, Integer> partitions(Gpu gpu, Map<String, Integer> counts) {
        Map<String, Integer> partitions = new TreeMap<>(counts);
        profiles.all().stream().filter(profile -> profile.kind() == Kind.WHOLE && profile.nodeProduct().equals(gpu.table().device())).forEach(whole -> partitions.remove(whole.name()));
        return partitions;
    }

    private static String differences(RepackConsent consent, RepackView now) {
        List<String> words = new ArrayList<>();
        Set<String> cut = now.recuts().stream().map(RepackView.Recut::node).collect(Collectors.toCollection(TreeSet::new));
        add(words, "would be cut too", cut.stream().filter(node -> !consent.nodes().contains(node)));
        add(words, "would not be cut any more", consent.nodes().stream().filter(node -> !cut.contains(node)).distinct().sorted());
        add(words, "would be stopped too", now.stopped().stream().filter(stopped -> !consent.stopped().contains(stopped.slice())).map(stopped -> stopped.name() + " of " + stopped.tenantName()));
        long fewer = consent.stopped().stream().filter(slice -> now.stopped().stream().noneMatch(stopped -> stopped.slice().equals(slice))).count();
        if (fewer > 0) {
            words.add(fewer + " of those shown would not be stopped any more");
        }
        return words.isEmpty() ? "its GPUs would be cut otherwise, or for others." : String.join("; ", words) + ".";
    }

    private static void add(List<String> words, String what, Stream<String> whom) {
        String names = whom.collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            words.add(names + " " + what);
        }
    }
}

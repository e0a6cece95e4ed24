package dev.penstock.platform.provisioning;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.NodeOrder;
import dev.penstock.platform.slice.Approved;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Reserved;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From the queue to a workspace or a model server that runs. Each method does what its state asks for; empty: the state has changed, go on. */
@Component
class BringUp {

    /** Of one turn: what is more comes in the next, so that a project's first slices leave the cluster to others in between. */
    private static final int MOST_WRITES = 5;

    private final SliceClaims claims;
    private final SliceProfiles profiles;
    private final Turns turns;
    private final Booking booking;
    private final Namespaces namespaces;
    private final ModelServers servers;
    private final WorkspaceObjects workspaces;
    private final Rendering rendering;
    private final Startup startup;
    private final Cluster cluster;
    private final Installation installation;
    private final Sight sight;
    private final InKueue kueue;
    private final ProvisioningSettings settings;
    private final QueueSettings queueing;
    private final Clock clock;

    BringUp(
            SliceClaims claims,
            SliceProfiles profiles,
            Turns turns,
            Booking booking,
            Namespaces namespaces,
            ModelServers servers,
            WorkspaceObjects workspaces,
            Rendering rendering,
            Startup startup,
            Cluster cluster,
            Installation installation,
            Sight sight,
            InKueue kueue,
            ProvisioningSettings settings,
            QueueSettings queueing,
            Clock clock) {
        this.claims = claims;
        this.profiles = profiles;
        this.turns = turns;
        this.booking = booking;
        this.namespaces = namespaces;
        this.servers = servers;
        this.workspaces = workspaces;
        this.rendering = rendering;
        this.startup = startup;
        this.cluster = cluster;
        this.installation = installation;
        this.sight = sight;
        this.kueue = kueue;
        this.settings = settings;
        this.queueing = queueing;
        this.clock = clock;
    }

    /**
     * Takes a part first and asks for quota second. A part is ours to give back as often as we like; a reservation, once released, is
     * released for good, so it is not made for a slice that could not use it.
     */
    Optional<Pause> queued(Work work) {
        Slice slice = work.slice();
        if (slice.leaseOver(clock.instant())) {
            work.advance(Step.RECORD_EXPIRED, Slice::expired);
            return Optional.empty();
        }
        Reserved reserved = slice.approved().reserved();
        if (reserved != null && clock.instant().isBefore(reserved.from())) {
            return Optional.of(Pause.until(Duration.between(clock.instant(), reserved.from()), "It is reserved, and comes up at its start."));
        }
        Optional<SliceProfile> profile = profiles.find(slice.approved().profile());
        if (profile.isEmpty()) {
            return waiting("There is no profile " + slice.approved().profile() + " any more.");
        }
        String none = turns.take(work, profile.get());
        if (none != null) {
            return waiting(none);
        }
        try {
            booking.reserve(work);
        } catch (ProblemException e) {
            boolean refused = e.problem() == Problem.LIMIT_REACHED;
            if (reserved != null && refused && !clock.instant().isBefore(reserved.from().plus(queueing.reservationGrace()))) {
                work.advance(Step.RECORD_FAILED, now -> now.failed("Its reservation has begun, and quota is still refused: " + e.detail()));
                return Optional.empty();
            }
            // What was reserved stays free for it as long as it may still get its quota.
            if (reserved == null) {
                work.at(Step.GIVE_ROOM_BACK);
                work.now(claim -> claims.giveRoomBack(claim, refused));
            }
            // Less and less often, also for a limit that is reached: quota-service puts every refusal on record.
            String reason = e.problem() == Problem.LIMIT_REACHED ? e.detail() : "Quota cannot be set aside: " + e.detail();
            return Optional.of(Pause.failed(settings.retry(work.claim().attempts()), reason));
        }
        work.advance(Step.RECORD_RESERVED, Slice::reserved);
        return Optional.empty();
    }

    /** Written before anything is applied: whatever is found on the cluster then has a row that knows of it. */
    Optional<Pause> reserved(Work work) {
        work.advance(Step.RECORD_PROVISIONING, Slice::provisioning);
        return Optional.empty();
    }

    Optional<Pause> provisioning(Work work) {
        Slice slice = work.slice();
        if (slice.leaseOver(clock.instant())) {
            work.advance(Step.RECORD_EXPIRED, Slice::expired);
            return Optional.empty();
        }
        Sight.Seen seen = sight.look(work);
        List<PodSeen> leftovers = seen.ofOtherPhases(slice.phase());
        Optional<PodSeen> pod = seen.ofPhase(slice.phase());
        if (leftovers.isEmpty() && pod.isPresent()) {
            return watch(work, pod.get());
        }
        List<ObjectSeen> serving = slice.approved().isPodAlone() ? List.of() : servers.look(work);
        // What would bring an earlier pod back goes before the pod.
        boolean removing = servers.remove(work, serving, object -> ModelServers.isOfAnotherPhase(object, slice.phase()));
        for (PodSeen leftover : leftovers) {
            work.outside(Step.DELETE_LEFTOVERS);
            sight.remove(leftover);
        }
        if (removing || !leftovers.isEmpty()) {
            return comingUp("The former " + slice.approved().what() + " is still being removed.");
        }
        boolean applied = serving.stream().anyMatch(object -> ModelServers.isDeploymentOf(object, slice.phase()));
        return applied ? comingUp(null) : apply(work);
    }

    private Optional<Pause> apply(Work work) {
        Approved approved = work.slice().approved();
        Optional<SliceProfile> profile = profiles.find(approved.profile());
        List<Manifest> desired = profile.map(known -> rendering.of(work, known)).orElse(List.of());
        Map<String, Integer> asks = Vector.of(desired);
        if (profile.isEmpty() || !asks.equals(approved.vector())) {
            work.advance(Step.RECORD_FAILED, now -> now.failed(
                    "Profile " + approved.profile() + " now means " + asks + ", approved was " + approved.vector() + "."));
            return Optional.empty();
        }
        try {
            return apply(work, desired, kueue.handsOut(profile.get()));
        } catch (ClusterFailure e) {
            namespaces.doubt(installation.namespace(work.slice()));
            throw e;
        }
    }

    /** @param desired what holds the part comes last */
    private Optional<Pause> apply(Work work, List<Manifest> desired, boolean byKueue) {
        Approved approved = work.slice().approved();
        int written = namespaces.ensure(work);
        if (byKueue && kueue.obstacle() != null) {
            return comingUp(kueue.obstacle());
        }
        if (byKueue && written < MOST_WRITES) {
            written += kueue.ensureQueue(work);
        }
        if (written + desired.size() + besides(approved) > MOST_WRITES) {
            return Optional.of(Pause.until(Duration.ZERO, work.slice().standing().reason()));
        }
        for (Manifest claim : desired.subList(0, desired.size() - 1)) {
            work.outside(Step.APPLY_CLAIM);
            cluster.apply(claim);
        }
        Manifest holder = desired.getLast();
        if (approved.serving() != null) {
            servers.apply(work, holder);
        } else if (approved.workspace() != null) {
            workspaces.apply(work, approved.workspace(), holder);
        } else {
            work.outside(Step.APPLY_POD);
            cluster.apply(holder);
        }
        return comingUp(null);
    }

    /** Writes of what is neither the claim nor what holds the part. */
    private static int besides(Approved approved) {
        if (approved.serving() != null) {
            return ModelServers.MOST_WRITES - 1;
        }
        return approved.workspace() != null ? WorkspaceObjects.MOST_WRITES - 1 : 0;
    }

    private Optional<Pause> watch(Work work, PodSeen pod) {
        if (!pod.gated() && kueue.recordedTakenBack(work, pod)) {
            return Optional.empty();
        }
        Optional<String> loss = Loss.of(pod, sight.lost(pod), work.slice().approved().what());
        if (loss.isPresent()) {
            work.advance(Step.RECORD_LOST, slice -> slice.lost(loss.get(), kueue.partless(work)));
            return Optional.empty();
        }
        if (pod.gated()) {
            return kueue.waits(work, pod);
        }
        Optional<NodeOrder> order = sight.leaves(pod);
        // Nobody works yet in what was never ready; whoever did has notice.
        if (order.isPresent() && (work.slice().standing().node() == null || !clock.instant().isBefore(order.get().emptyAt()))) {
            work.advance(Step.RECORD_MOVED, slice -> slice.moved(Notice.moved(order.get()), kueue.partless(work)));
            return Optional.empty();
        }
        PodSeen.Condition ready = pod.ready();
        if (ready != null && ready.holds()) {
            work.advance(Step.RECORD_READY, slice -> slice.ready(ready.since(), pod.node(), startup.took(slice, pod), clock.instant()));
            return Optional.empty();
        }
        PodSeen.Condition refusal = pod.unschedulable();
        if (refusal != null) {
            return unplaced(work, pod, refusal);
        }
        return slow(work, pod);
    }

    /**
     * What is on the cluster goes first: a pod only if it was not placed this very moment; a model server whole, since its deployment would
     * bring the pod back; a claim when its pod is gone. Then the slice waits without holding a part.
     */
    private Optional<Pause> unplaced(Work work, PodSeen pod, PodSeen.Condition refusal) {
        String words = "The cluster cannot place it: " + Objects.requireNonNullElse(refusal.message(), "no node fits.");
        if (sight.keepsPlace(work)) {
            return comingUp("GPUs are being cut anew; it comes up when they are.");
        }
        if (clock.instant().isBefore(kueue.refusedSince(work, pod, refusal).plus(settings.unplacedFor()))) {
            return comingUp(words);
        }
        boolean serving = work.slice().approved().serving() != null;
        if (serving) {
            servers.remove(work, servers.look(work), ModelServers::isDeployment);
        }
        work.outside(Step.DELETE_UNPLACED);
        cluster.delete(pod, Deletion.IF_UNCHANGED);
        // A deployment that is being deleted takes its pods with it, also one that it made this very moment; a bare pod goes by itself or not at all.
        if (!serving && !sight.look(work).pods().isEmpty()) {
            return comingUp(words);
        }
        if (!work.slice().approved().isPodAlone() && servers.remove(work, servers.look(work), ModelServers::isClaim) && !gone(work)) {
            return comingUp(words);
        }
        work.advance(Step.RECORD_REQUEUED, slice -> slice.requeued(words));
        return Optional.of(Pause.failed(settings.retryMost(), words));
    }

    /** Whether no claim is left: as long as there is one, it may hold a device. */
    private boolean gone(Work work) {
        return servers.look(work).stream().noneMatch(ModelServers::isClaim);
    }

    private Optional<Pause> slow(Work work, PodSeen pod) {
        String what = work.slice().approved().what();
        PodSeen.Trouble trouble = pod.trouble();
        String words = trouble == null ? null : Loss.inWords(trouble, pod.restarts(), what);
        Instant since = pod.ready() != null ? pod.ready().since() : pod.scheduled() != null ? pod.scheduled().since() : clock.instant();
        boolean tooOften = trouble != null && trouble.crashing() && pod.restarts() >= settings.crashes();
        boolean tooLong = !clock.instant().isBefore(since.plus(settings.comesUpWithin()));
        if (tooOften || tooLong) {
            work.advance(Step.RECORD_FAILED, slice -> slice.failed(Objects.requireNonNullElse(words, "The " + what + " did not become ready in time.")));
            return Optional.empty();
        }
        return Optional.of(startup.pause(work, pod, words));
    }

    private Optional<Pause> waiting(String reason) {
        return Optional.of(Pause.until(settings.queuedEvery(), reason));
    }

    private Optional<Pause> comingUp(@Nullable String reason) {
        return Optional.of(Pause.until(settings.comingUpEvery(), reason));
    }
}

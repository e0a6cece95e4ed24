package dev.penstock.platform.provisioning;

import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Approved;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceTimes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * From any state to nothing left. In this order: time is closed, then the pod goes, then the time is booked, then quota is given back, and
 * only then the slice has ended and its part is free. Whatever stops us between two of these, the next one begins at the top.
 *
 * <p>A slice that steps aside goes the same way and keeps its quota. It does not wait for quota-service: what it owes is booked later, and
 * somebody may be waiting for its part.
 */
@Component
class TakeDown {

    private final SliceTimes times;
    private final Booking booking;
    private final Namespaces namespaces;
    private final ModelServers servers;
    private final KeepUp keepUp;
    private final Sight sight;
    private final Installation installation;
    private final ProvisioningSettings settings;
    private final Clock clock;

    TakeDown(
            SliceTimes times,
            Booking booking,
            Namespaces namespaces,
            ModelServers servers,
            KeepUp keepUp,
            Sight sight,
            Installation installation,
            ProvisioningSettings settings,
            Clock clock) {
        this.times = times;
        this.booking = booking;
        this.namespaces = namespaces;
        this.servers = servers;
        this.keepUp = keepUp;
        this.sight = sight;
        this.installation = installation;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<Pause> draining(Work work) {
        if (work.slice().isSteppingAside() && work.slice().leaseOver(clock.instant())) {
            work.advance(Step.RECORD_EXPIRED, Slice::expired);
        }
        Sight.Seen seen = sight.look(work);
        close(work, seen);
        if (!removed(work, seen)) {
            return Optional.of(Pause.until(settings.comingUpEvery(), work.slice().standing().endingReason()));
        }
        return work.slice().isSteppingAside() ? stepAside(work) : end(work);
    }

    private Optional<Pause> stepAside(Work work) {
        keepUp.book(work);
        shrink(work);
        work.advance(Step.RECORD_ASIDE, slice -> slice.aside(clock.instant()));
        // Whoever it made room for comes first.
        return Optional.of(Pause.until(settings.queuedEvery(), work.slice().standing().reason()));
    }

    private Optional<Pause> end(Work work) {
        try {
            booking.book(work);
            shrink(work);
            booking.release(work);
        } catch (ProblemException e) {
            return Optional.of(Pause.failed(settings.retry(work.claim().attempts()), "Quota cannot be given back: " + e.detail()));
        }
        work.advance(Step.RECORD_END, slice -> slice.gone(clock.instant()));
        return Optional.of(Pause.forEver(work.slice().standing().reason()));
    }

    private void shrink(Work work) {
        work.outside(Step.SHRINK_NAMESPACE);
        namespaces.fit(installation.namespace(work.slice()), work.key().tenant(), work.project(), work.slice().approved().projectUid(), work.key());
    }

    /** The time ends when the end was first acted on, or when the pod stopped being ready before that. */
    private void close(Work work, Sight.Seen seen) {
        Optional<PodSeen> pod = seen.ofPhase(work.slice().phase());
        if (pod.isPresent() && pod.get().isReady()) {
            work.at(Step.COUNT_TIME);
            work.now(claim -> times.close(claim, seen.at()));
        } else {
            keepUp.count(work, pod.orElse(null), seen.at());
        }
    }

    /** What would bring a pod back goes before the pods, what they claim goes after them, and nothing has ended before all of it is gone. */
    private boolean removed(Work work, Sight.Seen seen) {
        Approved approved = work.slice().approved();
        // What a workspace has beside its pod, its volume above all, stays until it ends for good.
        boolean stays = approved.workspace() != null && work.slice().isSteppingAside();
        List<ObjectSeen> more = approved.isPodAlone() ? List.of() : servers.look(work);
        boolean removing = servers.remove(work, more, object -> !stays && !ModelServers.isClaim(object));
        for (PodSeen pod : seen.pods()) {
            work.outside(Step.DELETE_PODS);
            sight.remove(pod);
        }
        // All that a model server or a workspace has beside its pod is a turn's writes already: what is written at its end comes in the next.
        boolean many = approved.serving() != null || (approved.workspace() != null && !stays);
        boolean gone = seen.pods().isEmpty() || (!many && sight.look(work).pods().isEmpty());
        if (removing || !gone) {
            return false;
        }
        return !servers.remove(work, more, ModelServers::isClaim) || servers.look(work).stream().noneMatch(ModelServers::isClaim);
    }
}

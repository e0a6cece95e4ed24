package dev.penstock.platform.provisioning;

import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.NodeOrder;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A workspace that runs or is suspended: its time is counted and booked, its end and its loss are noticed. */
@Component
class KeepUp {

    private static final Logger log = LoggerFactory.getLogger(KeepUp.class);

    private final SliceTimes times;
    private final Booking booking;
    private final Sight sight;
    private final InKueue kueue;
    private final ProvisioningSettings settings;
    private final Clock clock;

    KeepUp(SliceTimes times, Booking booking, Sight sight, InKueue kueue, ProvisioningSettings settings, Clock clock) {
        this.times = times;
        this.booking = booking;
        this.sight = sight;
        this.kueue = kueue;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<Pause> ready(Work work) {
        if (work.slice().leaseOver(clock.instant())) {
            work.advance(Step.RECORD_EXPIRED, Slice::expired);
            return Optional.empty();
        }
        Sight.Seen seen = sight.lookAtPhase(work);
        Optional<PodSeen> pod = seen.ofPhase(work.slice().phase());
        // Counted before the state changes: the next phase counts for itself.
        count(work, pod.orElse(null), seen.at());
        if (kueue.recordedTakenBack(work, pod.orElse(null))) {
            return Optional.empty();
        }
        String what = work.slice().approved().what();
        if (pod.isEmpty()) {
            work.advance(Step.RECORD_LOST, slice -> slice.lost("The " + what + " vanished from the cluster.", kueue.partless(work)));
            return Optional.empty();
        }
        Optional<String> loss = Loss.of(pod.get(), sight.lost(pod.get()), what);
        if (loss.isPresent()) {
            work.advance(Step.RECORD_LOST, slice -> slice.lost(loss.get(), kueue.partless(work)));
            return Optional.empty();
        }
        Optional<NodeOrder> order = sight.leaves(pod.get());
        if (order.isPresent() && !clock.instant().isBefore(order.get().emptyAt())) {
            work.advance(Step.RECORD_MOVED, slice -> slice.moved(Notice.moved(order.get()), kueue.partless(work)));
            return Optional.empty();
        }
        if (!pod.get().isReady()) {
            work.advance(Step.RECORD_FALTERED, slice -> slice.faltered(Loss.faltered(pod.get(), what)));
            return Optional.empty();
        }
        book(work);
        return Optional.of(order.map(told -> Pause.until(untilNext(work, told.emptyAt()), Notice.told(told))).orElseGet(() -> Pause.until(untilNext(work, null), null)));
    }

    /** Holds nothing on the cluster. What could not be booked when it stepped aside is booked here. */
    Optional<Pause> suspended(Work work) {
        if (work.slice().leaseOver(clock.instant())) {
            work.advance(Step.RECORD_EXPIRED, Slice::expired);
            return Optional.empty();
        }
        book(work);
        return Optional.of(Pause.until(untilNext(work, null), work.slice().standing().reason()));
    }

    void count(Work work, @Nullable PodSeen pod, Instant seenAt) {
        work.at(Step.COUNT_TIME);
        PodSeen.Condition ready = pod == null ? null : pod.ready();
        if (ready == null) {
            work.now(claim -> times.notReady(claim, null));
        } else if (ready.holds()) {
            work.now(claim -> times.ready(claim, ready.since(), seenAt));
        } else {
            work.now(claim -> times.notReady(claim, ready.since()));
        }
    }

    /** A workspace goes on while quota-service is away: what is owed is remembered, and was set aside before it began. */
    void book(Work work) {
        try {
            booking.book(work);
        } catch (ProblemException e) {
            log.warn("GPU time of slice {} is not booked yet: {}", work.key(), e.detail());
        }
    }

    /** At the end of the lease at the latest, or when it has to leave its node. */
    private Duration untilNext(Work work, @Nullable Instant leaves) {
        Instant over = work.slice().leaseEndsAt();
        Instant end = over == null || (leaves != null && leaves.isBefore(over)) ? leaves : over;
        Duration left = end == null ? settings.readyEvery() : Duration.between(clock.instant(), end);
        Duration next = left.compareTo(settings.readyEvery()) < 0 ? left : settings.readyEvery();
        return next.isNegative() ? Duration.ZERO : next;
    }
}

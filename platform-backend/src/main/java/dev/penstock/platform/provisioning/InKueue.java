package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.EventSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.cluster.WorkloadSeen;
import dev.penstock.platform.fleet.Kueue;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slice;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is different about a slice whose part Kueue hands out: see docs/decisions/035-kueue.md. */
@Component
class InKueue {

    /** Of a workload, before its pod is ended. */
    private static final String EVICTED = "EvictedDueTo";
    private static final int LATEST_EVENTS = 20;

    private final Kueue kueue;
    private final Cluster cluster;
    private final Namespaces namespaces;
    private final Installation installation;
    private final ProvisioningSettings settings;
    private final Clock clock;

    InKueue(Kueue kueue, Cluster cluster, Namespaces namespaces, Installation installation, ProvisioningSettings settings, Clock clock) {
        this.kueue = kueue;
        this.cluster = cluster;
        this.namespaces = namespaces;
        this.installation = installation;
        this.settings = settings;
        this.clock = clock;
    }

    boolean handsOut(SliceProfile profile) {
        return kueue.handsOut(profile);
    }

    /** Why nobody can wait there now; null: they can. */
    @Nullable String obstacle() {
        return kueue.obstacle();
    }

    /** Gives the project's namespace its queue. @return how much had to be written */
    int ensureQueue(Work work) {
        Marks marks = Marks.ofProject(installation.name(), work.key().tenant(), work.project(), work.slice().approved().projectUid());
        return namespaces.ensureQueue(work, KueueManifests.localQueue(kueue.version(), installation.namespace(work.project()), marks, kueue.queue()));
    }

    /** What is to be applied in place of it. */
    Manifest waiting(Manifest holder, SliceProfile profile) {
        return handsOut(profile) ? KueueManifests.waiting(holder, kueue.queue()) : holder;
    }

    /** Since when a slice that has just lost its pod has no part either: Kueue gives it another one in its turn. Null: its part is kept for it. */
    @Nullable Instant partless(Work work) {
        return isKueues(work) ? clock.instant() : null;
    }

    /** A pod that waits for Kueue. Empty: Kueue took no note of it for so long that it never will, and the slice is brought up anew. */
    Optional<Pause> waits(Work work, PodSeen pod) {
        if (isKueues(work) && kueue.obstacle() == null) {
            // Somebody may have deleted it, and Kueue then lets nobody through who waits there.
            ensureQueue(work);
        }
        // The setting may have been taken away while it waited.
        String in = "Waits in Kueue's queue" + (kueue.queue().isEmpty() ? "" : " " + kueue.queue());
        Optional<WorkloadSeen> workload = cluster.workload(pod);
        if (workload.isPresent()) {
            String words = workload.get().words();
            return pause(workload.get().admittedAt() != null ? null : words == null ? in + "." : in + ": " + words);
        }
        PodSeen.Condition gate = Objects.requireNonNull(pod.scheduled());
        if (!isKueues(work)) {
            return pause("Somebody on the cluster keeps it from being placed: " + Objects.requireNonNullElse(gate.message(), "it is gated."));
        }
        if (kueue.obstacle() != null) {
            return pause(kueue.obstacle());
        }
        Instant since = gate.since();
        if (!clock.instant().isBefore(since.plus(settings.comesUpWithin()))) {
            work.advance(Step.RECORD_LOST, slice -> slice.lost("Kueue took no note of it.", partless(work)));
            return Optional.empty();
        }
        boolean overdue = !clock.instant().isBefore(since.plus(settings.unplacedFor()));
        return pause(!overdue
                ? in + "."
                : in + ", which has not taken note of it: Kueue's integration of pods may be off, or not look at namespace " + pod.namespace() + ".");
    }

    private Optional<Pause> pause(@Nullable String reason) {
        return Optional.of(Pause.until(settings.queuedEvery(), reason));
    }

    /** Its part is another's now. What Kueue said of it is on the pod, or told of the pod's workload if the pod is gone or another has come. */
    boolean recordedTakenBack(Work work, @Nullable PodSeen pod) {
        if (pod != null && !pod.terminating() && !pod.ended() && !pod.gated()) {
            return false;
        }
        Optional<String> words = Optional.ofNullable(pod)
                .map(PodSeen::takenBack)
                .filter(PodSeen.Condition::holds)
                .map(PodSeen.Condition::message)
                .or(() -> told(work));
        words.ifPresent(said -> work.advance(Step.RECORD_TAKEN_BACK, slice -> Objects.requireNonNull(slice.steppedAside("Kueue took it back: " + ended(said)))));
        return words.isPresent();
    }

    private Optional<String> told(Work work) {
        Slice slice = work.slice();
        if (!isKueues(work)) {
            return Optional.empty();
        }
        return cluster.eventsOfSlice(installation.namespace(work.project()), Installation.pod(work.key().slice(), slice.phase()), LATEST_EVENTS).stream()
                .filter(event -> event.reason().startsWith(EVICTED))
                .map(EventSeen::message)
                .findFirst();
    }

    private boolean isKueues(Work work) {
        return work.slice().approved().vector().keySet().stream().anyMatch(kueue::handsOut);
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** A pod's condition keeps its time when it becomes another refusal: while Kueue kept it, no scheduler refused it. */
    Instant refusedSince(Work work, PodSeen pod, PodSeen.Condition refusal) {
        if (!isKueues(work)) {
            return refusal.since();
        }
        return cluster.workload(pod).map(WorkloadSeen::admittedAt).filter(refusal.since()::isBefore).orElse(refusal.since());
    }
}

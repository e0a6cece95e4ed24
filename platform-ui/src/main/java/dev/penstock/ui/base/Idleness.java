package dev.penstock.ui.base;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.IdlenessView;
import dev.penstock.contract.platform.IdlenessView.Known;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of the activity of workspaces, slice by slice, in words. */
public final class Idleness {

    private final IdlenessView view;
    private final Map<SliceId, Known> known;

    public Idleness(IdlenessView view) {
        this.view = view;
        this.known = view.workspaces().stream().collect(Collectors.toMap(Known::slice, Function.identity()));
    }

    /** When it is suspended if nobody uses or keeps it; null: its team was not warned. */
    public @Nullable Instant suspendsAt(SliceView slice) {
        Known of = known.get(slice.id());
        return of == null || slice.state() != SliceState.READY ? null : of.suspendsAt();
    }

    /** When it is released if nobody resumes it; null: it is not suspended for idleness, or its lease ends before. */
    public @Nullable Instant releasesAt(SliceView slice) {
        Known of = known.get(slice.id());
        Instant releases = of == null || slice.state() != SliceState.SUSPENDED ? null : of.releasesAt();
        Instant end = slice.leaseEndsAt();
        return releases == null || (end != null && end.isBefore(releases)) ? null : releases;
    }

    /** For how long it is known to be idle. */
    public Duration idleFor(SliceView slice) {
        Known of = known.get(slice.id());
        return of == null || of.idleSince().isAfter(of.seenAt()) ? Duration.ZERO : Duration.between(of.idleSince(), of.seenAt());
    }

    /** What is known of a workspace that is ready, or why nothing is. */
    public String inWords(SliceView slice) {
        Known of = known.get(slice.id());
        if (of == null) {
            String missing = view.missing();
            return missing == null ? "unknown: no metric of its pod was found" : "unknown: " + missing;
        }
        Duration idle = idleFor(slice);
        String words = idle.isZero() ? "active when last looked at" : "none for " + Quantities.duration(idle);
        return view.missing() == null ? words : words + ", as far as is known: " + view.missing();
    }
}

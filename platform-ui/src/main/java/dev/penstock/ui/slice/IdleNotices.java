package dev.penstock.ui.slice;

import dev.penstock.contract.platform.SliceView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Idleness;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a workspace that nobody uses, and that somebody may keep it. */
final class IdleNotices {

    private IdleNotices() {}

    /** Null: nothing is announced. */
    static @Nullable ProblemPanel notice(SliceView slice, Idleness idleness, Instant now) {
        Instant suspends = idleness.suspendsAt(slice);
        if (suspends != null) {
            return new ProblemPanel(
                    Tone.WARN, "No GPU activity for " + Quantities.duration(idleness.idleFor(slice)),
                    "It is suspended " + in(suspends, now) + " unless it is used: its part then goes to whoever waits for one.",
                    "Keep it if you still need it; that counts as activity.", null);
        }
        Instant releases = idleness.releasesAt(slice);
        return releases == null
                ? null
                : new ProblemPanel(Tone.WARN, "It is released " + in(releases, now) + " unless somebody resumes it", "What of its lease is not used is given back then.", null, null);
    }

    static Confirmation keep(SliceView slice, Runnable keep) {
        var confirmation = new Confirmation(
                "Keep " + slice.name() + "?", Markup.text("p", "", "Whether it is idle is counted anew from now. If nobody uses it, its team is warned again."));
        return confirmation.buttons("Leave it", Action.primary("Keep " + slice.name(), () -> confirmation.attempt(keep)));
    }

    private static String in(Instant at, Instant now) {
        return at.isAfter(now) ? "in " + Quantities.duration(Duration.between(now, at)) + ", " + PersonTime.dayAndTime(at) + "," : "now";
    }
}

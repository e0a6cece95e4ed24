package dev.penstock.ui.slice;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import java.time.Instant;

/** What suspending and resuming mean, said before they happen. */
final class SuspendDialogs {

    private SuspendDialogs() {}

    /** Whether it is up, and was ready once: before that its lease does not run. */
    static boolean suspends(SliceView slice) {
        return switch (slice.state()) {
            case RESERVED, PROVISIONING, READY -> slice.readyAt() != null;
            case QUEUED, SUSPENDED, DRAINING, RELEASED, EXPIRED, FAILED -> false;
        };
    }

    /** Whether it is suspended, or will be. */
    static boolean resumes(SliceView slice) {
        return slice.state() == SliceState.SUSPENDED || slice.becomes() == SliceState.SUSPENDED;
    }

    static Confirmation suspend(SliceView slice, Runnable suspend) {
        var confirmation = new Confirmation(
                "Suspend " + slice.name() + "?",
                Markup.text("p", "", "The workspace stops and its part goes to whoever waits for one. What is not on a volume is lost."),
                new Facts()
                        .fact("GPU time", "stands still until it is resumed")
                        .fact("Lease", "goes on and ends when it would have ended")
                        .fact("Quota", "stays set aside; what is not used comes back at the end"));
        return confirmation.buttons("Keep it running", Action.primary("Suspend " + slice.name(), () -> confirmation.attempt(suspend)));
    }

    static Confirmation resume(SliceView slice, Instant now, Runnable resume) {
        var facts = new Facts().fact("It waits for", "a free " + slice.profile()).fact("Quota", "is set aside already");
        Instant end = slice.leaseEndsAt();
        if (end != null) {
            facts.fact("Lease ends in", Moment.until(end, now));
        }
        var confirmation = new Confirmation("Resume " + slice.name() + "?", Markup.text("p", "", "It goes back into the queue and comes up anew."), facts);
        return confirmation.buttons("Leave it", Action.primary("Resume " + slice.name(), () -> confirmation.attempt(resume)));
    }
}

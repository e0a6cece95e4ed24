package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.CallId;
import dev.penstock.ui.backend.CallEnd;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an answer ended, in words: what happened in ours, why in the gateway's, what to do, and the call's id that finds the log line. */
final class Ends {

    private Ends() {}

    static Component badge(CallEnd.Finished finished) {
        return switch (Objects.requireNonNullElse(finished.reason(), "stop")) {
            case "length" -> Badge.bare(Tone.WARN, "Cut at the most tokens");
            case "content_filter" -> Badge.bare(Tone.WARN, "Withheld by a filter");
            default -> Badge.bare(Tone.OK, "Answered");
        };
    }

    static Component panel(CallEnd.Broken broken, @Nullable CallId call) {
        return new ProblemPanel(Tone.WARN, "The answer broke off.", broken.why(), "What came until then is above. Ask again.", reference(call));
    }

    static Component panel(CallEnd.Refused refused, @Nullable CallId call) {
        return new ProblemPanel(refused.status() >= 500 || refused.status() == 429 ? Tone.WARN : Tone.BAD, title(refused), refused.message(), next(refused), reference(call));
    }

    private static String title(CallEnd.Refused refused) {
        return switch (refused.status()) {
            case 0 -> "Nobody answered.";
            case 400 -> "context_length_exceeded".equals(refused.code()) ? "The conversation is longer than the model can read." : "The call cannot be answered as it is.";
            case 401 -> "Your sign-in was not accepted.";
            case 403 -> "You may not call for this project.";
            case 404 -> "The model is not yours to call, or not there any more.";
            case 413 -> "The conversation is too large.";
            case 429 -> "insufficient_quota".equals(refused.code()) ? "A budget is used up." : "A limit is reached for the moment.";
            default -> "The model does not answer now.";
        };
    }

    private static String next(CallEnd.Refused refused) {
        return switch (refused.status()) {
            case 400 -> "context_length_exceeded".equals(refused.code()) ? "Clear the conversation, or choose a model with a longer context." : "Change it and send it again.";
            case 401 -> "Sign out and in again.";
            case 403 -> "Choose another project above, or ask its owner to make you a member.";
            case 404 -> "Choose another model.";
            case 413 -> "Clear the conversation, or send less.";
            case 429 -> limit(refused);
            default -> "Try again in a minute. If it stays, tell your administrators the reference.";
        };
    }

    private static String limit(CallEnd.Refused refused) {
        Duration wait = refused.retryAfter();
        String owner = refused.owner() == null ? "" : " The limit is of the " + refused.owner() + ".";
        return wait == null
                ? "Allow fewer tokens in an answer, or ask whoever owns the limit for more." + owner
                : "Send it again in " + Quantities.duration(wait.plusMillis(999)) + "." + owner;
    }

    private static @Nullable String reference(@Nullable CallId call) {
        return call == null ? null : call.toString();
    }
}

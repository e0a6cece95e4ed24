package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.Problem;
import dev.penstock.ui.backend.BackendProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened, what was kept, what to do, and the reference that finds the log line. */
public final class ProblemPanel extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public ProblemPanel(Tone tone, String title, @Nullable String detail, @Nullable String next, @Nullable String reference) {
        super("section");
        addClassNames("problem", tone == Tone.WARN ? "warn" : tone == Tone.BUSY ? "note" : "bad");
        getElement().setAttribute("role", tone == Tone.BAD ? "alert" : "status");
        add(Icon.WARNING.decorative(), Markup.text("h2", "", title));
        if (detail != null) {
            add(Markup.text("p", "", detail));
        }
        if (next != null) {
            add(Markup.text("p", "quiet", next));
        }
        var row = Markup.of("div", "row");
        if (reference != null) {
            row.with(Markup.text("span", "reference mono", "ref " + reference));
            add(row);
        }
    }

    public ProblemPanel(BackendProblem problem, Component... actions) {
        this(tone(problem), problem.title(), detail(problem), next(problem.problem()), problem.reference());
        if (actions.length > 0) {
            add(Markup.of("div", "row", actions));
        }
    }

    private static Tone tone(BackendProblem problem) {
        return switch (problem.problem().blame()) {
            case CALLER, US -> Tone.BAD;
            case CAPACITY, UPSTREAM -> Tone.WARN;
        };
    }

    /** The service's own words; for a limit, whose and until when as well. */
    private static @Nullable String detail(BackendProblem problem) {
        Map<String, Object> members = problem.members();
        String detail = problem.detail();
        if (!problem.is(Problem.LIMIT_REACHED) || !members.containsKey("owner")) {
            return detail;
        }
        String owner = "The limit belongs to " + members.get("owner") + ".";
        return detail == null ? owner : detail.contains(String.valueOf(members.get("owner"))) ? detail : detail + " " + owner;
    }

    static @Nullable String next(Problem problem) {
        return switch (problem) {
            case INVALID_INPUT, UNKNOWN_PROFILE, UNKNOWN_MODEL -> "Correct it and try again; nothing was saved.";
            case DOES_NOT_FIT -> "Choose a larger part, a shorter context or another model.";
            case NOT_SIGNED_IN -> "Sign in again; you come back to this page.";
            case NOT_ALLOWED -> "Ask an owner of the tenant or an administrator.";
            case OWN_REQUEST -> "Somebody else who may decide has to.";
            case NOT_FOUND -> "Check the address, or choose a project you are a member of.";
            case EXISTS_BUT_DIFFERENT, NAME_TAKEN -> "Choose another name; nothing was saved.";
            case WRONG_STATE, CHANGED_MEANWHILE -> "The page shows the present state.";
            case LIMIT_REACHED -> "Give something back, ask for less, or ask whoever owns the limit for more.";
            case LEASE_TOO_LONG -> "Choose a shorter lease.";
            case TOO_LARGE -> "Shorten it and try again.";
            case TOO_MANY_REQUESTS -> "Wait a moment and try again.";
            case NO_ROOM -> "It waits in the queue, or choose another profile.";
            case QUOTA_UNAVAILABLE, CLUSTER_UNAVAILABLE, AUDIT_UNAVAILABLE, INTERNAL ->
                "Try again in a minute. If it stays, tell your administrators the reference.";
        };
    }
}

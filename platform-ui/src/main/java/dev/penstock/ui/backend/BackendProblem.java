package dev.penstock.ui.backend;

import dev.penstock.contract.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service refused, or did not answer. Carries what RFC 9457 said, for a person to read: screens show it as a problem panel or a
 * toast and never swallow it.
 */
public final class BackendProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String title;
    private final @Nullable String detail;
    private final @Nullable String reference;
    private final transient Map<String, Object> members;

    /**
     * @param title one sentence: what happened
     * @param detail the particulars, where there are any
     * @param reference finds the log line; null when no service answered
     * @param members further members of the problem, for example {@code limit}, {@code used}, {@code resets}
     */
    public BackendProblem(
            Problem problem, String title, @Nullable String detail, @Nullable String reference, Map<String, Object> members) {
        super(problem.code() + ": " + title + (detail == null ? "" : " " + detail));
        this.problem = problem;
        this.title = title;
        this.detail = detail;
        this.reference = reference;
        this.members = Map.copyOf(members);
    }

    public BackendProblem(Problem problem, @Nullable String detail, @Nullable String reference) {
        this(problem, problem.sentence(), detail, reference, Map.of());
    }

    /** The service could not be reached; whether a change arrived there is unknown, and every change may be repeated. */
    static BackendProblem unreachable(String service, Throwable cause) {
        var problem = new BackendProblem(
                Problem.INTERNAL,
                service + " does not answer.",
                "What you see is the last that was confirmed. Changes may be repeated safely: nothing is done twice.",
                null,
                Map.of());
        problem.initCause(cause);
        return problem;
    }

    public Problem problem() {
        return problem;
    }

    public String title() {
        return title;
    }

    public @Nullable String detail() {
        return detail;
    }

    public @Nullable String reference() {
        return reference;
    }

    public Map<String, Object> members() {
        return members;
    }

    public boolean is(Problem which) {
        return problem == which;
    }
}

package dev.penstock.frame.problem;

import dev.penstock.contract.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something a caller should be told, with its particulars. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    /** @param detail one or two sentences for a person: which thing, which number, what to do next */
    public ProblemException(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    public ProblemException(Problem problem, String detail, Throwable cause) {
        super(detail, cause);
        this.problem = problem;
    }

    /** Adds a member to the answer, for programs; a null value is left out. */
    public ProblemException with(String member, @Nullable Object value) {
        if (value != null) {
            members.put(member, value);
        }
        return this;
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    /** The detail; never null. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}

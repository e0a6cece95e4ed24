package dev.penstock.quota.audit;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.problem.ProblemException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries somebody asks for; null: any.
 *
 * @param text part of actor, subject or reference, any case
 * @param from not before
 * @param to before
 */
record AuditFilter(
        @Nullable String text,
        @Nullable String actor,
        @Nullable String action,
        @Nullable TenantId tenant,
        @Nullable String outcome,
        @Nullable Instant from,
        @Nullable Instant to) {

    static final int LONGEST = 200;

    /** @throws ProblemException {@code invalid_input} */
    AuditFilter {
        text = wanted("text", text);
        actor = wanted("actor", actor);
        action = wanted("action", action);
        outcome = wanted("outcome", outcome);
        if (outcome != null && !outcome.equals("done") && !outcome.equals("refused")) {
            throw new ProblemException(Problem.INVALID_INPUT, "The outcome is done or refused.");
        }
    }

    /** @throws ProblemException {@code invalid_input} */
    static @Nullable TenantId tenant(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : TenantId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_INPUT, "The tenant is not an id.", e);
        }
    }

    /** What was asked for, as the trail records it. */
    Map<String, String> asked() {
        Map<String, String> asked = new LinkedHashMap<>();
        put(asked, "text", text);
        put(asked, "actor", actor);
        put(asked, "action", action);
        put(asked, "tenant", tenant);
        put(asked, "outcome", outcome);
        put(asked, "from", from);
        put(asked, "to", to);
        return asked;
    }

    private static void put(Map<String, String> asked, String name, @Nullable Object value) {
        if (value != null) {
            asked.put(name, value.toString());
        }
    }

    private static @Nullable String wanted(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new ProblemException(Problem.INVALID_INPUT, "The " + name + " to look for has at most " + LONGEST + " characters, and no NUL.");
        }
        return value;
    }
}

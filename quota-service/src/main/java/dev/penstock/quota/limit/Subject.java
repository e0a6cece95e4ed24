package dev.penstock.quota.limit;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.problem.ProblemException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is limited. There is one limit for each, and it never changes what it limits.
 *
 * @param project null: the tenant as a whole
 * @param key null: the project or tenant as a whole
 * @param profile what slices are counted of; null for all else
 */
record Subject(@Nullable ProjectId project, @Nullable KeyId key, Meter meter, @Nullable String profile, Window window) {

    /** Slices and their time are counted in 63 bits. */
    private static final int SLICE_BITS = 63;

    /** @throws ProblemException {@code invalid_input} for a combination that counts nothing */
    static Subject of(LimitSpec spec) {
        boolean slices = spec.meter() == Meter.SLICES;
        if (slices != (spec.profile() != null)) {
            throw invalid(slices ? "profile: slices are limited by profile; name one." : "profile: only slices are limited by profile.");
        }
        if (spec.profile() != null && spec.profile().isBlank()) {
            throw invalid("profile: must not be blank.");
        }
        if (spec.key() != null && spec.project() == null) {
            throw invalid("project: a limit on a key names the key's project too.");
        }
        if (spec.key() != null && !spec.meter().countsCalls()) {
            throw invalid("key: a key holds no slices; limit its calls, tokens or money.");
        }
        if (!counts(spec.meter(), spec.window())) {
            throw invalid("window: " + spec.meter() + " is not limited by " + spec.window() + ".");
        }
        if (!spec.meter().countsCalls() && spec.amount() != null && spec.amount().bitLength() > SLICE_BITS) {
            throw invalid("amount: more than can be counted.");
        }
        return new Subject(spec.project(), spec.key(), spec.meter(), spec.profile(), spec.window());
    }

    private static boolean counts(Meter meter, Window window) {
        return switch (meter) {
            case SLICES, CONCURRENCY -> window == Window.NOW;
            case GPU_TIME -> window == Window.MONTH;
            case REQUESTS, TOKENS_INPUT, TOKENS_OUTPUT, TOKENS, MONEY -> window != Window.NOW;
        };
    }

    /** Its node in the budget tree: a tenant's has the tenant's id, a project's the project's, a key's the key's. */
    UUID node(TenantId tenant) {
        return key != null ? key.value() : project != null ? project.value() : tenant.value();
    }

    /** Of which kind that node is. */
    String kind() {
        return key != null ? "key" : project != null ? "project" : "tenant";
    }

    /** For example {@code slices of h100-80.whole}, {@code tokens a month}. */
    String title() {
        return switch (meter) {
            case SLICES -> "slices of " + Objects.requireNonNull(profile);
            case GPU_TIME -> "GPU time" + every();
            case REQUESTS -> "calls" + every();
            case TOKENS_INPUT -> "input tokens" + every();
            case TOKENS_OUTPUT -> "output tokens" + every();
            case TOKENS -> "tokens" + every();
            case MONEY -> "money" + every();
            case CONCURRENCY -> "calls at a time";
        };
    }

    private String every() {
        return switch (window) {
            case NOW -> " at a time";
            case MINUTE -> " a minute";
            case HOUR -> " an hour";
            case DAY -> " a day";
            case MONTH -> " a month";
            case LIFE -> " in all";
        };
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_INPUT, detail);
    }
}

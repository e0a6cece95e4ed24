package dev.penstock.quota.usage;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for, in bounds. Null: any.
 *
 * @param egress only what left the house
 */
record UsageQuestion(
        @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, UsageRange range, boolean egress) {

    private static final int LONGEST_MODEL = 200;

    /** @throws ProblemException {@code invalid_input} */
    UsageQuestion {
        if (model != null && (model.length() > LONGEST_MODEL || model.indexOf('\0') >= 0)) {
            throw new ProblemException(Problem.INVALID_INPUT, "model: a name has at most " + LONGEST_MODEL + " characters, and no NUL.");
        }
        model = model == null || model.isBlank() ? null : model;
    }

    /** What of it lies in a part, over another stretch of time: whole buckets, say. */
    CallFilter in(UsageSight.Part part, Instant from, Instant to) {
        return new CallFilter(part.tenant(), part.reach(), project, key, model, from, to, null, egress);
    }

    CallFilter in(UsageSight.Part part) {
        return in(part, range.from(), range.to());
    }
}

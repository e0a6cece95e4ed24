package dev.penstock.quota.limit;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.problem.ProblemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is limited. There is one limit for each, and it never changes what it limits.
 *
 * @param project null: the tenant as a whole
 * @param profile what slices are counted of; null for GPU time
 */
record Subject(@Nullable ProjectId project, Meter meter, @Nullable String profile, Window window) {

    /** @throws ProblemException {@code invalid_input} for a combination that counts nothing */
    static Subject of(LimitSpec spec) {
        boolean slices = spec.meter() == Meter.SLICES;
        if (slices != (spec.profile() != null)) {
            throw invalid(slices ? "profile: slices are limited by profile; name one." : "profile: GPU time is limited over all profiles.");
        }
        if (spec.profile() != null && spec.profile().isBlank()) {
            throw invalid("profile: must not be blank.");
        }
        Window window = slices ? Window.NOW : Window.MONTH;
        if (spec.window() != window) {
            throw invalid("window: " + spec.meter() + " is limited by " + window + ".");
        }
        return new Subject(spec.project(), spec.meter(), spec.profile(), window);
    }

    /** For example {@code slices of h100-80.whole}. */
    String title() {
        return switch (meter) {
            case SLICES -> "slices of " + Objects.requireNonNull(profile);
            case GPU_TIME -> "GPU time a month";
        };
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_INPUT, detail);
    }
}

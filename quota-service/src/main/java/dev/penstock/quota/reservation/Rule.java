package dev.penstock.quota.reservation;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Meter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit, as a reservation sees it.
 *
 * @param project null: it stands on the tenant
 * @param owner name of the tenant or project it stands on
 * @param profile what {@link Meter#SLICES} counts; null otherwise
 * @param amount null: unlimited
 */
record Rule(LimitId id, @Nullable ProjectId project, String owner, Meter meter, @Nullable String profile, @Nullable Long amount) {

    enum Level {
        TENANT,
        PROJECT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Level level() {
        return project == null ? Level.TENANT : Level.PROJECT;
    }

    /** Whether it counts a slice of these terms. */
    boolean counts(Terms terms) {
        boolean here = project == null || project.equals(terms.project());
        return here && switch (meter) {
            case SLICES -> terms.profile().equals(profile);
            case GPU_TIME -> true;
        };
    }
}

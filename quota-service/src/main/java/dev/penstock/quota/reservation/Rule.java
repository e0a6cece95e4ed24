package dev.penstock.quota.reservation;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Meter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit on slices or their time, as a reservation sees it.
 *
 * @param project null: it stands on the tenant
 * @param owner name of the tenant or project it stands on
 * @param profile what {@link Meter#SLICES} counts; null otherwise
 * @param cap beyond what it refuses; null: it is unlimited or soft, and refuses nothing
 */
record Rule(LimitId id, @Nullable ProjectId project, String owner, Meter meter, @Nullable String profile, @Nullable Long cap) {

    Rule {
        if (meter.countsCalls()) {
            throw new IllegalArgumentException("not a limit on slices: " + meter);
        }
    }

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
        return here && (meter == Meter.GPU_TIME || terms.profile().equals(profile));
    }
}

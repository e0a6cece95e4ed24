package dev.penstock.ui.keys;

import dev.penstock.contract.quota.KeyReport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which keys are listed. */
enum Which {
    ACTIVE("Active", null),
    NEVER_USED("Never used", KeyReport.NEVER_USED),
    UNUSED("Not lately", KeyReport.UNUSED),
    OVERDUE("To rotate", KeyReport.OVERDUE),
    ALL("All", null);

    private final String title;
    private final @Nullable KeyReport report;

    Which(String title, @Nullable KeyReport report) {
        this.title = title;
        this.report = report;
    }

    String title() {
        return title;
    }

    /** Null: no report, but keys as they come. */
    @Nullable KeyReport report() {
        return report;
    }

    /** In an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a report lists, in words. @param days from which on */
    static String words(KeyReport report, long days) {
        return switch (report) {
            case NEVER_USED -> "they work, and nobody has called with them";
            case UNUSED -> "they work, and nobody has called with them for " + days + " days";
            case OVERDUE -> "a secret of theirs works that was made more than " + days + " days ago";
        };
    }

    /** Where a report lists none. */
    static String none(KeyReport report) {
        return switch (report) {
            case NEVER_USED -> "Every key has been used";
            case UNUSED -> "Every key that was ever used is in use";
            case OVERDUE -> "No secret is too old";
        };
    }
}

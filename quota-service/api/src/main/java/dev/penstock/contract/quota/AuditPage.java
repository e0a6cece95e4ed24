package dev.penstock.contract.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param matching how many entries match in all; with a filter counting ends at {@link #MOST_COUNTED}, which then means so many or more
 * @param next pass it as {@code before} for the next page; null at the end
 */
public record AuditPage(List<AuditEntry> entries, long matching, @Nullable Long next) {

    /** The most that is counted when only some entries are asked for. */
    public static final long MOST_COUNTED = 10_000;
}

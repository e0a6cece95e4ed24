package dev.penstock.contract.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param matching how many entries match in all
 * @param next pass it as {@code before} for the next page; null at the end
 */
public record AuditPage(List<AuditEntry> entries, long matching, @Nullable Long next) {}

package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows behind a line; one of the lists is empty.
 *
 * @param next cursor of the following page; null: this is the last one
 * @param archivedBefore calls of the month before this are archived and not here; null: all are
 */
public record StatementRows(List<CallRow> calls, List<SliceTimeRow> slices, @Nullable String next, @Nullable Instant archivedBefore) {}

package dev.penstock.contract.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows behind a line; one of the lists is empty.
 *
 * @param next cursor of the following page; null: this is the last one
 */
public record StatementRows(List<CallRow> calls, List<SliceTimeRow> slices, @Nullable String next) {}

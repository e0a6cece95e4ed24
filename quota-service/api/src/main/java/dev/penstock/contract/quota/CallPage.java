package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param next cursor of the following page; null: this is the last one
 * @param archivedBefore rows before this, which were asked for too, are archived and not here; null: all that were asked for are
 */
public record CallPage(List<CallRow> calls, @Nullable String next, @Nullable Instant archivedBefore) {}

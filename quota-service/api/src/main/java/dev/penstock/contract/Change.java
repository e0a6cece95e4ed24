package dev.penstock.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that changed, as both services tell it over {@code GET /api/live} (server-sent events; the event's id is the cursor to resume
 * from, sent back as {@code Last-Event-ID}). It says what changed, not to what: the reader asks the owning interface.
 *
 * @param cursor opaque, ordered within one service
 * @param kind what it is about: {@code slice}, {@code slice-request}, {@code delegation}, {@code tenant}, {@code limit}, {@code fleet}, {@code audit}
 * @param tenant null where the change belongs to the whole installation
 * @param subject the id of the thing
 * @param state its new state in a word, where it has one
 */
public record Change(
        String cursor,
        String kind,
        @Nullable TenantId tenant,
        @Nullable ProjectId project,
        String subject,
        @Nullable String state,
        Instant at) {

    /** Where both services offer their changes. */
    public static final String PATH = "/api/live";
}

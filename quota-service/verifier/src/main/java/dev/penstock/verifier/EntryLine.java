package dev.penstock.verifier;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One audit entry in the form that is sealed. Every field is always written, {@code null} when there is nothing to say.
 *
 * @param index its place in the trail, from 0
 * @param at when it happened; whole microseconds, what is below is cut off
 * @param actorKind {@code person}, {@code service} or {@code system}
 * @param tenant null where the subject belongs to the whole installation
 * @param outcome {@code done} or {@code refused}
 * @param before the changed thing before, as a tree that {@link CanonicalJson} writes; JSON's null and none are the same
 * @param after the changed thing after, likewise
 */
public record EntryLine(
        long index,
        UUID id,
        Instant at,
        String actor,
        String actorKind,
        @Nullable UUID tenant,
        @Nullable UUID project,
        String action,
        String subjectKind,
        String subjectId,
        @Nullable String subjectName,
        String outcome,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable Object before,
        @Nullable Object after) {

    public EntryLine {
        if (index < 0 || index > CanonicalJson.SAFE) {
            throw new IllegalArgumentException("no entry has index " + index);
        }
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The line, without a newline.
     *
     * @throws IllegalArgumentException if there is no canonical form ({@link CanonicalJson}) or it exceeds 1 MiB: an entry that no
     *     verifier would read
     */
    public byte[] bytes() {
        byte[] line = CanonicalJson.bytes(fields());
        if (line.length > Limits.LINE_BYTES) {
            throw new IllegalArgumentException("entry " + id + " takes " + line.length + " bytes, more than " + Limits.LINE_BYTES);
        }
        return line;
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("index", index);
        fields.put("id", id.toString());
        fields.put("at", Timestamp.format(at));
        fields.put("actor", actor);
        fields.put("actorKind", actorKind);
        fields.put("tenant", text(tenant));
        fields.put("project", text(project));
        fields.put("action", action);
        fields.put("subjectKind", subjectKind);
        fields.put("subjectId", subjectId);
        fields.put("subjectName", subjectName);
        fields.put("outcome", outcome);
        fields.put("reason", reason);
        fields.put("reference", reference);
        fields.put("before", before);
        fields.put("after", after);
        return fields;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}

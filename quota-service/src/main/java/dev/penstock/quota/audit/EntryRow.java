package dev.penstock.quota.audit;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.verifier.EntryLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** From a row of {@code audit.entry} to the line that is sealed. The line is never stored, so that altering the row is seen. */
final class EntryRow {

    /** What {@link #line} reads. */
    static final String COLUMNS = """
            e.id, e.at, e.actor, e.actor_kind, e.tenant_id, e.project_id, e.action, e.subject_kind, e.subject_id, e.subject_name,
            e.outcome, e.reason, e.reference, e.before::text as before, e.after::text as after""";

    /** As many digits as PostgreSQL's numeric holds; amounts are read exactly. */
    private static final int NUMBER_LENGTH = 150_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(NUMBER_LENGTH).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private EntryRow() {}

    /**
     * @throws Contradiction if the row cannot have been written by {@code audit.append}, whose checks make every entry sealable
     */
    static EntryLine line(ResultSet row, long index) throws SQLException {
        String id = String.valueOf(row.getString("id"));
        try {
            return new EntryLine(
                    index,
                    UUID.fromString(id),
                    Objects.requireNonNull(row.getObject("at", OffsetDateTime.class), "at").toInstant(),
                    text(row, "actor"),
                    text(row, "actor_kind"),
                    row.getObject("tenant_id", UUID.class),
                    row.getObject("project_id", UUID.class),
                    text(row, "action"),
                    text(row, "subject_kind"),
                    text(row, "subject_id"),
                    row.getString("subject_name"),
                    text(row, "outcome"),
                    row.getString("reason"),
                    row.getString("reference"),
                    tree(row.getString("before")),
                    tree(row.getString("after")));
        } catch (IllegalArgumentException | NullPointerException | JacksonException e) {
            throw unsealable(id, e);
        }
    }

    /** The bytes that are hashed and exported. */
    static byte[] bytes(EntryLine line) {
        try {
            return line.bytes();
        } catch (IllegalArgumentException e) {
            throw unsealable(line.id().toString(), e);
        }
    }

    private static Contradiction unsealable(String id, RuntimeException cause) {
        return new Contradiction("The row of the entry " + id + " is not one that audit.append writes: " + cause.getMessage() + ".", cause);
    }

    private static @Nullable Object tree(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, Object.class);
    }
}

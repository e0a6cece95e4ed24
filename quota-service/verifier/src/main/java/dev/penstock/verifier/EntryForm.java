package dev.penstock.verifier;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of a line alone: whether it is exactly the line that an entry is written as. */
record EntryForm(long index, Instant at) {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private enum Kind {
        INDEX,
        TIME,
        ID,
        ID_OR_NULL,
        TEXT,
        TEXT_OR_NULL,
        ANYTHING
    }

    private static final Map<String, Kind> FIELDS = Map.ofEntries(
            Map.entry("index", Kind.INDEX),
            Map.entry("id", Kind.ID),
            Map.entry("at", Kind.TIME),
            Map.entry("actor", Kind.TEXT),
            Map.entry("actorKind", Kind.TEXT),
            Map.entry("tenant", Kind.ID_OR_NULL),
            Map.entry("project", Kind.ID_OR_NULL),
            Map.entry("action", Kind.TEXT),
            Map.entry("subjectKind", Kind.TEXT),
            Map.entry("subjectId", Kind.TEXT),
            Map.entry("subjectName", Kind.TEXT_OR_NULL),
            Map.entry("outcome", Kind.TEXT),
            Map.entry("reason", Kind.TEXT_OR_NULL),
            Map.entry("reference", Kind.TEXT_OR_NULL),
            Map.entry("before", Kind.ANYTHING),
            Map.entry("after", Kind.ANYTHING));

    /**
     * @throws IllegalArgumentException if it is not such a line; the message continues "it …"
     * @throws UnusableInput if it is nested too deep to be read; the message continues likewise
     */
    static EntryForm read(byte[] line) {
        if (!(JsonText.read(line) instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("is not a JSON object");
        }
        requireFields(fields.keySet());
        FIELDS.forEach((name, kind) -> requireKind(name, kind, fields.get(name)));
        if (!Arrays.equals(line, CanonicalJson.bytes(fields))) {
            throw new IllegalArgumentException("is JSON, but not as an entry is written: order, spaces or escapes differ");
        }
        return new EntryForm((Long) present(fields, "index"), Timestamp.parse((String) present(fields, "at")));
    }

    private static void requireFields(Set<?> names) {
        Set<Object> others = new HashSet<>(names);
        others.removeAll(FIELDS.keySet());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("has the field " + Words.quoted((String) others.iterator().next()) + ", which no entry has");
        }
        for (String field : FIELDS.keySet()) {
            if (!names.contains(field)) {
                throw new IllegalArgumentException("has no field \"" + field + "\"");
            }
        }
    }

    private static void requireKind(String name, Kind kind, @Nullable Object value) {
        boolean right = switch (kind) {
            case INDEX -> value instanceof Long index && index >= 0;
            case TIME -> value instanceof String; // read below
            case ID -> value instanceof String text && UUID.matcher(text).matches();
            case ID_OR_NULL -> value == null || value instanceof String text && UUID.matcher(text).matches();
            case TEXT -> value instanceof String;
            case TEXT_OR_NULL -> value == null || value instanceof String;
            case ANYTHING -> true;
        };
        if (!right) {
            throw new IllegalArgumentException("has a field \"" + name + "\" of the wrong kind");
        }
    }

    private static Object present(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " was checked to be there");
        }
        return value;
    }
}

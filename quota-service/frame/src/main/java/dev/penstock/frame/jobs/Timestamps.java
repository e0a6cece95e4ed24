package dev.penstock.frame.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Instants as columns: {@link Instant#MIN} and {@link Instant#MAX} are PostgreSQL's infinities. */
public final class Timestamps {

    private Timestamps() {}

    public static OffsetDateTime column(Instant at) {
        if (at.equals(Instant.MIN)) {
            return OffsetDateTime.MIN;
        }
        return at.equals(Instant.MAX) ? OffsetDateTime.MAX : at.atOffset(ZoneOffset.UTC);
    }

    /** As an element of a {@code timestamptz[]} that is sent as text. */
    public static String text(Instant at) {
        if (at.equals(Instant.MIN)) {
            return "-infinity";
        }
        return at.equals(Instant.MAX) ? "infinity" : at.toString();
    }

    public static Instant read(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(find(row, column), column);
    }

    public static @Nullable Instant find(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        if (at == null) {
            return null;
        }
        if (at.equals(OffsetDateTime.MIN)) {
            return Instant.MIN;
        }
        return at.equals(OffsetDateTime.MAX) ? Instant.MAX : at.toInstant();
    }
}

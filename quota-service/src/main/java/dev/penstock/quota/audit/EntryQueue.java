package dev.penstock.quota.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Entries that have no place in the tree yet. The {@code horizon} is a transaction id below which every entry is decided and sealed; only
 * entries at or above it are looked at, and {@link #EVERYTHING} looks at all.
 */
@Component
class EntryQueue {

    /** Below every transaction. */
    static final String EVERYTHING = "0";

    private final JdbcClient jdbc;

    EntryQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param oldest null when none waits */
    record Backlog(long waiting, @Nullable Instant oldest) {}

    /**
     * The horizon of those who take now: of transactions below it, all entries are visible or never will be. Ask for it before taking,
     * since each statement sees what was committed when it began.
     *
     *     T1 begins (id 7), T2 begins (id 8), T2 appends and commits; the horizon is 7
     *     T2's entry is taken; T1 appends and commits, and is at or above the horizon when we look again
     */
    String horizon() {
        return jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text").query(String.class).single();
    }

    /** Committed entries without a leaf, at most {@code most}, in the order in which they get their places; the reader's number counts from 0. */
    <T> List<T> take(String horizon, int most, RowMapper<T> reader) {
        if (horizon.equals(EVERYTHING)) {
            // Compares all entries with all leaves, once after a start: may take longer than a request may.
            jdbc.sql("select set_config('statement_timeout', '0', true)").query(String.class).single();
        }
        return jdbc.sql("""
                        select %s
                          from audit.entry e left join audit.leaf l on l.entry_id = e.id
                         where e.xid >= :horizon::text::xid8 and l.entry_id is null
                         order by e.at, e.id
                         limit :most""".formatted(EntryRow.COLUMNS))
                .param("horizon", horizon)
                .param("most", most)
                .query(reader)
                .list();
    }

    Backlog backlog(String horizon) {
        return jdbc.sql("""
                        select count(*) as waiting, min(e.at) as oldest
                          from audit.entry e left join audit.leaf l on l.entry_id = e.id
                         where e.xid >= :horizon::text::xid8 and l.entry_id is null""")
                .param("horizon", horizon)
                .query((row, number) -> backlog(row))
                .single();
    }

    private static Backlog backlog(ResultSet row) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
        return new Backlog(row.getLong("waiting"), oldest == null ? null : oldest.toInstant());
    }
}

package dev.penstock.quota.allotment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who held something by a journal that somebody found. */
final class LeftTable {

    private final JdbcClient jdbc;

    LeftTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param latest epoch of that name
     * @param held the latest by which something is held with the journal
     */
    record Left(String replica, long latest, long held) {}

    List<Left> of(UUID journal) {
        return jdbc.sql("""
                        select a.replica, r.epoch, max(a.epoch) as held
                          from quota.replica_allotment a join quota.replica r on r.name = a.replica
                         where a.journal = :journal
                         group by a.replica, r.epoch order by a.replica""")
                .param("journal", journal)
                .query((row, number) -> new Left(row.getString("replica"), row.getLong("epoch"), row.getLong("held")))
                .list();
    }

    /**
     * Ends the life that holds something: it draws and returns nothing any more.
     *
     * @param unseen for so long; in seconds
     * @return the epoch after it; empty if it was there lately, or the name has gone on meanwhile
     */
    Optional<Long> end(Left former, Duration unseen) {
        return jdbc.sql("""
                        update quota.replica set epoch = epoch + 1
                         where name = :replica and epoch = :latest
                           and greatest(started_at, seen_at, contact_at) < clock_timestamp() - make_interval(secs => :unseen)
                        returning epoch""")
                .param("replica", former.replica())
                .param("latest", former.latest())
                .param("unseen", unseen.toSeconds())
                .query(Long.class)
                .optional();
    }
}

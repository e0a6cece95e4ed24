package dev.penstock.quota.writeoff;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Journals of lives that hold something, have something under way or were written off. In the running transaction. */
@Component
class LeftTable {

    /**
     * Of a name that has gone on with another journal only the word of the former life counts: what is said of the name since is the other's.
     */
    private static final String LEFT = """
            with held as (
                select replica, journal, max(epoch) as epoch, count(distinct tenant_id) as tenants
                  from quota.replica_allotment where drawn > spent + returned group by replica, journal),
            lived as (
                select l.replica, l.journal, max(l.epoch) as epoch, max(l.as_of) as as_of, coalesce(sum(u.attempts), 0)::bigint as attempts
                  from quota.life l left join quota.under_way u on u.replica = l.replica and u.epoch = l.epoch group by l.replica, l.journal),
            written_off as (
                select * from quota.write_off where reversed_at is null),
            known as (
                select replica, journal, greatest(h.epoch, l.epoch, w.epoch) as epoch, l.as_of, coalesce(l.attempts, 0) as attempts, coalesce(h.tenants, 0) as tenants,
                       w.id, w.epoch as off_epoch, w.heard_at as off_heard_at, w.attempts as off_attempts, w.made_at, w.made_by, w.reason
                  from held h full join lived l using (replica, journal) full join written_off w using (replica, journal)),
            left_behind as (
                select k.*, clock_timestamp() as now,
                       case when r.epoch = k.epoch then greatest(r.started_at, r.seen_at, r.contact_at, r.told_at, k.as_of) else k.as_of end as heard_at
                  from known k join quota.replica r on r.name = k.replica)
            select * from left_behind
            """;

    private final JdbcClient jdbc;

    LeftTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of which nothing was heard for so long, or which are written off; by name. */
    List<Left> silent(Duration silence, int most) {
        return jdbc.sql(LEFT + """
                        where id is not null or coalesce(heard_at, '-infinity') < now - make_interval(secs => :silence)
                        order by replica, epoch, journal limit :most""")
                .param("silence", silence.toSeconds())
                .param("most", most)
                .query((row, number) -> left(row))
                .list();
    }

    Optional<Left> find(String replica, UUID journal) {
        return jdbc.sql(LEFT + " where replica = :replica and journal = :journal")
                .param("replica", replica)
                .param("journal", journal)
                .query((row, number) -> left(row))
                .optional();
    }

    /** Keeps the replica from starting, drawing and returning meanwhile. @return whether somebody has gone by that name */
    boolean lockReplica(String replica) {
        return jdbc.sql("select true from quota.replica where name = :replica for update").param("replica", replica).query(Boolean.class).optional().isPresent();
    }

    /** Keeps its lives from saying that they are there. */
    void lockLives(String replica, UUID journal) {
        jdbc.sql("select epoch from quota.life where replica = :replica and journal = :journal order by epoch for update")
                .param("replica", replica)
                .param("journal", journal)
                .query(Long.class)
                .list();
    }

    /** Unless the name has gone on with another disk. Should the process be there in truth, it draws and returns nothing any more; what it knows of calls it settles all the same. */
    void end(Left left) {
        jdbc.sql("update quota.replica set epoch = epoch + 1 where name = :replica and epoch = :epoch")
                .param("replica", left.replica())
                .param("epoch", left.epoch())
                .update();
    }

    /** Nobody waits for their word any more. */
    void forgetLives(Left left) {
        jdbc.sql("delete from quota.life where replica = :replica and journal = :journal")
                .param("replica", left.replica())
                .param("journal", left.journal())
                .update();
    }

    private static Left left(ResultSet row) throws SQLException {
        return new Left(
                text(row, "replica"), uuid(row, "journal"), row.getLong("epoch"), Timestamps.find(row, "heard_at"), Timestamps.read(row, "now"),
                row.getLong("attempts"), row.getLong("tenants"), writtenOff(row));
    }

    private static @Nullable WriteOff writtenOff(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return id == null ? null : new WriteOff(
                id, text(row, "replica"), uuid(row, "journal"), row.getLong("off_epoch"), Timestamps.find(row, "off_heard_at"), row.getLong("off_attempts"),
                Timestamps.read(row, "made_at"), text(row, "made_by"), text(row, "reason"));
    }
}

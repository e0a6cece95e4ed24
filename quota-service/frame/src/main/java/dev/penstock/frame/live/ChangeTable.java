package dev.penstock.frame.live;

import dev.penstock.contract.Change;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.JobsInUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on the change table. */
@Component
class ChangeTable {

    /** Rows taken at once. */
    static final int BATCH = 1000;

    private static final Actor FEED = Actor.system("live-feed");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final String table;

    ChangeTable(JobTransactions transactions, JdbcClient jdbc, JobsInUse inUse) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.table = inUse.schema() + ".change";
    }

    /**
     * Rows after the cursor, in order. Only those whose transaction is older than every running one: of these all are visible, so a
     * transaction that commits late is waited for instead of skipped.
     */
    List<Change> after(Cursor cursor) {
        return transactions.acrossTenants(Job.SNAPSHOT, FEED, () -> jdbc.sql("""
                        select xid::text::bigint as xid, number, at, kind, tenant_id, project_id, subject, state
                          from %s
                         where xid < pg_snapshot_xmin(pg_current_snapshot())
                           and (xid, number) > (:xid::text::xid8, :number)
                         order by xid, number
                         limit %d""".formatted(table, BATCH))
                .param("xid", Long.toString(cursor.xid()))
                .param("number", cursor.number())
                .query(ChangeTable::change)
                .list());
    }

    /** Where a reader begins that wants nothing old: every row from now on comes after it. */
    Cursor now() {
        return transactions.acrossTenants(Job.SNAPSHOT, FEED, () -> jdbc.sql(
                        "select (pg_snapshot_xmin(pg_current_snapshot()))::text::bigint - 1")
                .query(Long.class)
                .optional()
                .map(xid -> new Cursor(xid, Cursor.LAST))
                .orElseThrow());
    }

    /** Forgets what is older; a reader with an older cursor starts over. */
    void forgetOlderThan(Duration age) {
        transactions.acrossTenants(Job.SNAPSHOT, FEED, () -> jdbc.sql(
                        "delete from " + table + " where at < clock_timestamp() - make_interval(secs => :seconds)")
                .param("seconds", age.toSeconds())
                .update());
    }

    private static Change change(ResultSet row, int number) throws SQLException {
        UUID tenant = row.getObject("tenant_id", UUID.class);
        UUID project = row.getObject("project_id", UUID.class);
        return new Change(
                new Cursor(row.getLong("xid"), row.getLong("number")).toString(),
                Objects.requireNonNull(row.getString("kind")),
                tenant == null ? null : new TenantId(tenant),
                project == null ? null : new ProjectId(project),
                Objects.requireNonNull(row.getString("subject")),
                row.getString("state"),
                Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant());
    }
}

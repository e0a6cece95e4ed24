package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What concerns all tenants at once. */
final class MeetingTable {

    private final JdbcClient jdbc;

    MeetingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Meeting meet(Life life, Duration silence) {
        boolean latest = jdbc.sql("update quota.replica set contact_at = clock_timestamp() where name = :replica and epoch = :epoch")
                .param("replica", life.replica()).param("epoch", life.epoch()).update() == 1;
        int replicas = jdbc.sql("select count(*) from quota.replica where contact_at > clock_timestamp() - make_interval(secs => :silence)")
                .param("silence", silence.toSeconds()).query(Integer.class).single();
        return new Meeting(latest, replicas, recalls(life));
    }

    List<TenantId> tenantsOfFormerLives(Life life) {
        return jdbc.sql("select distinct tenant_id from quota.replica_allotment where replica = :replica and epoch < :epoch and journal = :journal order by 1")
                .param("replica", life.replica()).param("epoch", life.epoch()).param("journal", life.journal())
                .query((row, number) -> new TenantId(uuid(row, "tenant_id"))).list();
    }

    private List<Recall> recalls(Life life) {
        return jdbc.sql("""
                        select tenant_id, limit_id, id, recalled from quota.replica_allotment
                         where replica = :replica and epoch = :epoch and recalled > answered""")
                .param("replica", life.replica()).param("epoch", life.epoch())
                .query((row, number) -> new Recall(
                        new TenantId(uuid(row, "tenant_id")), new LimitId(uuid(row, "limit_id")), row.getLong("id"), row.getLong("recalled")))
                .list();
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }
}

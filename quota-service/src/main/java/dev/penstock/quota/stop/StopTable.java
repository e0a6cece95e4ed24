package dev.penstock.quota.stop;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.StopId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.StopSpec;
import dev.penstock.contract.quota.StopView;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on stops. */
@Component
class StopTable {

    static final int MOST = 200;

    private static final String STORED = """
            select s.id, s.stopped_tenant, s.model, s.reason, s.made_by, s.made_at, s.lifted_by, s.lifted_at, s.lift_reason,
                   (select t.name from quota.tenant t where t.tenant_id = s.stopped_tenant) as tenant_name
              from quota.stop s
            """;

    private final JdbcClient jdbc;

    StopTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Instant now() {
        return jdbc.sql("select clock_timestamp() as now").query((row, number) -> Timestamps.read(row, "now")).single();
    }

    List<Stop> standing() {
        return jdbc.sql("select id, stopped_tenant, model, reason, made_at from quota.stop where lifted_at is null")
                .query((row, number) -> new Stop(new StopId(uuid(row, "id")), tenant(row), row.getString("model"), text(row, "reason"), Timestamps.read(row, "made_at")))
                .list();
    }

    /** Those that stand first, then the latest. Without how far they reached. */
    List<StopView> list() {
        return jdbc.sql(STORED + " order by (s.lifted_at is not null), s.made_at desc, s.id limit :most").param("most", MOST).query(StopTable::view).list();
    }

    Optional<StopView> find(StopId stop) {
        return jdbc.sql(STORED + " where s.id = :stop").param("stop", stop.value()).query(StopTable::view).optional();
    }

    void insert(StopId stop, StopSpec spec, String by) {
        TenantId tenant = spec.tenant();
        jdbc.sql("insert into quota.stop (id, stopped_tenant, model, reason, made_by) values (:stop, :tenant::uuid, :model, :reason, :by)")
                .param("stop", stop.value())
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("model", spec.model())
                .param("reason", spec.reason())
                .param("by", by)
                .update();
    }

    boolean lift(StopId stop, String by, String reason) {
        return jdbc.sql("update quota.stop set lifted_by = :by, lifted_at = clock_timestamp(), lift_reason = :reason where id = :stop and lifted_at is null")
                        .param("stop", stop.value())
                        .param("by", by)
                        .param("reason", reason)
                        .update()
                == 1;
    }

    void reached(StopId stop, String replica, Instant since) {
        jdbc.sql("insert into quota.stop_reach (stop_id, replica, since) values (:stop, :replica, :since) on conflict do nothing")
                .param("stop", stop.value())
                .param("replica", replica)
                .param("since", Timestamps.column(since))
                .update();
    }

    /** Of each stop: the replicas that noted it, and those that live now and have not. */
    Map<StopId, List<StopView.Reached>> reach(List<StopId> stops) {
        record Row(StopId stop, StopView.Reached reached) {}
        return jdbc.sql("""
                        select s.id, n.name as replica, extract(epoch from h.since - s.made_at) * 1000 as millis,
                               coalesce(r.started_at > s.made_at, false) as from_its_start
                          from quota.stop s
                          join lateral (select name from quota.replica where told_at > clock_timestamp() - interval '1 minute' and s.lifted_at is null
                                        union select replica from quota.stop_reach where stop_id = s.id) n on true
                          left join quota.replica r on r.name = n.name
                          left join quota.stop_reach h on h.stop_id = s.id and h.replica = n.name
                         where s.id = any(:stops)
                         order by s.id, n.name""")
                .param("stops", stops.stream().map(StopId::value).toArray(UUID[]::new))
                .query((row, number) -> new Row(new StopId(uuid(row, "id")), new StopView.Reached(text(row, "replica"), millis(row), row.getBoolean("from_its_start"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::stop, Collectors.mapping(Row::reached, Collectors.toList())));
    }

    private static @Nullable Long millis(ResultSet row) throws SQLException {
        double millis = row.getDouble("millis");
        return row.wasNull() ? null : Math.round(millis);
    }

    private static StopView view(ResultSet row, int number) throws SQLException {
        return new StopView(
                new StopId(uuid(row, "id")), tenant(row), row.getString("tenant_name"), row.getString("model"), text(row, "reason"), text(row, "made_by"),
                Objects.requireNonNull(Timestamps.find(row, "made_at")), row.getString("lifted_by"), Timestamps.find(row, "lifted_at"), row.getString("lift_reason"), List.of());
    }

    private static @Nullable TenantId tenant(ResultSet row) throws SQLException {
        UUID tenant = row.getObject("stopped_tenant", UUID.class);
        return tenant == null ? null : new TenantId(tenant);
    }
}

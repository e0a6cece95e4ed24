package dev.penstock.quota.reconciliation;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How ledger and engines stand. Reads over all tenants; what is asked in a transaction of that kind joins it. */
@Component
public class Reconciled {

    private static final int MOST_ENGINES = 200;
    private static final int MOST_COMPARISONS = 20;
    private static final int DAYS = 14;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final ReconciliationSettings settings;

    Reconciled(JobTransactions transactions, JdbcClient jdbc, ReconciliationSettings settings) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** In the running transaction. */
    public List<HealthView.EngineState> engines() {
        Map<Engine, List<HealthView.UnexplainedDay>> days = days();
        return jdbc.sql("""
                        select c.tenant_id, t.name, c.endpoint_id, c.model, c.compared_at, c.counted_input is not null as settled, c.failing_since, c.failure,
                               coalesce(u.input, 0) as input, coalesce(u.output, 0) as output, c.at_least_input, c.at_least_output
                          from quota.engine_count c
                          join quota.tenant t on t.tenant_id = c.tenant_id
                          left join lateral (
                               select sum(unexplained_input)::bigint as input, sum(unexplained_output)::bigint as output
                                 from quota.engine_comparison h
                                where h.tenant_id = c.tenant_id and h.endpoint_id = c.endpoint_id and h.at > now() - make_interval(secs => :alarmFor)) u on true
                         order by c.model, c.endpoint_id limit :most""")
                .param("alarmFor", settings.alarmFor().toSeconds())
                .param("most", MOST_ENGINES)
                .query((row, number) -> engine(row, days.getOrDefault(Engine.of(row), List.of())))
                .list();
    }

    /** In the running transaction. */
    public List<HealthView.Comparison> comparisons() {
        return jdbc.sql("""
                        select * from quota.engine_comparison
                         where explained_input <> 0 or explained_output <> 0 or unexplained_input <> 0 or unexplained_output <> 0 or kind = 'replaced'
                         order by at desc, number desc limit :most""")
                .param("most", MOST_COMPARISONS)
                .query((row, number) -> new HealthView.Comparison(
                        Timestamps.read(row, "at"), new EndpointId(uuid(row, "endpoint_id")), text(row, "model"),
                        HealthView.ComparisonKind.valueOf(text(row, "kind").toUpperCase(Locale.ROOT)), difference(row, "counted"), difference(row, "booked"),
                        difference(row, "explained"), difference(row, "unexplained")))
                .list();
    }

    ReconciliationMetrics.Standing standing() {
        return transactions.acrossTenants(Job.ORG, Comparing.ACTOR, () -> jdbc.sql("""
                        with unexplained as (
                            select sum(unexplained_input)::bigint as input, sum(unexplained_output)::bigint as output
                              from quota.engine_comparison where at > now() - make_interval(secs => :alarmFor) group by tenant_id, endpoint_id)
                        select (select coalesce(sum(abs(input)), 0) from unexplained) + coalesce(sum(at_least_input), 0) as input,
                               (select coalesce(sum(abs(output)), 0) from unexplained) + coalesce(sum(at_least_output), 0) as output,
                               count(*) filter (where counted_input is not null) as compared, count(*) filter (where failing_since is not null) as silent,
                               coalesce(extract(epoch from now() - min(coalesce(compared_at, begun_at)) filter (where read_at > now() - interval '1 hour')), 0)::bigint as longest
                          from quota.engine_count""")
                .param("alarmFor", settings.alarmFor().toSeconds())
                .query((row, number) -> new ReconciliationMetrics.Standing(
                        new Amount(row.getLong("input"), row.getLong("output")), row.getLong("compared"), row.getLong("silent"), row.getLong("longest")))
                .single());
    }

    private record Engine(UUID tenant, UUID endpoint) {

        static Engine of(ResultSet row) throws SQLException {
            return new Engine(uuid(row, "tenant_id"), uuid(row, "endpoint_id"));
        }
    }

    private Map<Engine, List<HealthView.UnexplainedDay>> days() {
        Map<Engine, List<HealthView.UnexplainedDay>> days = new HashMap<>();
        jdbc.sql("""
                        select tenant_id, endpoint_id, (at at time zone 'UTC')::date as day, sum(unexplained_input)::bigint as unexplained_input,
                               sum(unexplained_output)::bigint as unexplained_output
                          from quota.engine_comparison
                         where at > now() - make_interval(days => :days) and (unexplained_input <> 0 or unexplained_output <> 0)
                         group by 1, 2, 3 order by 1, 2, 3""")
                .param("days", DAYS)
                .query((row, number) -> days.computeIfAbsent(Engine.of(row), engine -> new ArrayList<>())
                        .add(new HealthView.UnexplainedDay(row.getDate("day").toLocalDate(), difference(row, "unexplained"))))
                .list();
        return days;
    }

    private static HealthView.EngineState engine(ResultSet row, List<HealthView.UnexplainedDay> days) throws SQLException {
        String failure = row.getString("failure");
        HealthView.EngineStanding standing = failure != null
                ? HealthView.EngineStanding.SILENT
                : row.getBoolean("settled") ? HealthView.EngineStanding.COMPARED : HealthView.EngineStanding.WAITING;
        return new HealthView.EngineState(
                new TenantId(uuid(row, "tenant_id")), text(row, "name"), new EndpointId(uuid(row, "endpoint_id")), text(row, "model"), standing,
                Timestamps.find(row, "compared_at"), Timestamps.find(row, "failing_since"), failure,
                new HealthView.Difference(row.getLong("input"), row.getLong("output")),
                new HealthView.Difference(row.getLong("at_least_input"), row.getLong("at_least_output")), days);
    }

    private static HealthView.Difference difference(ResultSet row, String what) throws SQLException {
        return new HealthView.Difference(row.getLong(what + "_input"), row.getLong(what + "_output"));
    }
}

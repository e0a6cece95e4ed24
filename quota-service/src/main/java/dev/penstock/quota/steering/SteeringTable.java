package dev.penstock.quota.steering;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.contract.quota.SteeringView;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The statements on policies. Rows are added, and nothing else ever happens to them. */
@Component
class SteeringTable {

    private static final Actor READER = Actor.system("policies");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    SteeringTable(JobTransactions transactions, JdbcClient jdbc, JsonMapper json) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** For the copy. If nothing moved, {@code known} itself: versions are only ever added, so their number tells. */
    Map<Policies.Place, Policy> read(Map<Policies.Place, Policy> known) {
        return transactions.acrossTenants(Job.SNAPSHOT, READER, () -> {
            long versions = jdbc.sql("select count(*) from quota.steering").query(Long.class).single();
            return versions == known.values().stream().mapToLong(Policy::version).sum() ? known : all();
        });
    }

    private Map<Policies.Place, Policy> all() {
        Map<Policies.Place, Policy> all = new HashMap<>();
        jdbc.sql("""
                        select distinct on (tenant_id, project_id) tenant_id, project_id, version, rules, ladder
                          from quota.steering order by tenant_id, project_id, version desc""")
                .query(row -> {
                    all.put(
                            new Policies.Place(new TenantId(uuid(row, "tenant_id")), new ProjectId(uuid(row, "project_id"))),
                            new Policy(row.getLong("version"), rules(row), ladder(row)));
                });
        return Map.copyOf(all);
    }

    /** One at a time makes a project's, until the running transaction ends. */
    void lock(TenantId tenant, ProjectId project) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:of, 0))::text")
                .param("of", "quota.steering " + tenant + " " + project)
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    /** Of each project that is not gone, by name; those without one too. As if nobody might change them. */
    List<SteeringView> last(TenantId tenant) {
        return jdbc.sql("""
                        select p.id, p.name, s.version, s.rules, s.ladder, s.made_by, s.made_at, s.reason
                          from quota.project p
                          left join lateral (select * from quota.steering s where s.tenant_id = p.tenant_id and s.project_id = p.id order by s.version desc limit 1) s on true
                         where p.tenant_id = :tenant and not p.vanished
                         order by p.name, p.id""")
                .param("tenant", tenant.value())
                .query((row, number) -> row.getString("rules") == null
                        ? new SteeringView(new ProjectId(uuid(row, "id")), text(row, "name"), 0, List.of(), null, null, null, null, false)
                        : new SteeringView(
                                new ProjectId(uuid(row, "id")), text(row, "name"), row.getInt("version"), rules(row), ladder(row), text(row, "made_by"),
                                Timestamps.read(row, "made_at"), text(row, "reason"), false))
                .list();
    }

    void insert(TenantId tenant, SteeringView made) {
        jdbc.sql("""
                        insert into quota.steering (tenant_id, project_id, version, rules, ladder, made_by, made_at, reason)
                        values (:tenant, :project, :version, :rules::jsonb, :ladder::jsonb, :by, :at, :reason)""")
                .param("tenant", tenant.value())
                .param("project", made.project().value())
                .param("version", made.version())
                .param("rules", json.writeValueAsString(made.rules()))
                .param("ladder", made.ladder() == null ? null : json.writeValueAsString(made.ladder()))
                .param("by", made.madeBy())
                .param("at", Timestamps.column(Objects.requireNonNull(made.madeAt())))
                .param("reason", made.reason())
                .update();
    }

    private List<SteeringRule> rules(ResultSet row) throws SQLException {
        return List.of(json.readValue(text(row, "rules"), SteeringRule[].class));
    }

    private @Nullable Ladder ladder(ResultSet row) throws SQLException {
        String text = row.getString("ladder");
        return text == null ? null : json.readValue(text, Ladder.class);
    }
}

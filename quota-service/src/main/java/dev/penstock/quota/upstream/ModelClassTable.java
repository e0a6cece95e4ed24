package dev.penstock.quota.upstream;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.ModelClassView;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on what data models are given. Rows are added, and nothing else ever happens to them. */
@Component
class ModelClassTable {

    private static final Actor READER = Actor.system("data classes");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    ModelClassTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** For the copy. If nothing moved, {@code known} itself: versions are only ever added, so their number tells. */
    Map<ModelClasses.Place, ModelClasses.Declared> read(Map<ModelClasses.Place, ModelClasses.Declared> known) {
        return transactions.acrossTenants(Job.SNAPSHOT, READER, () -> {
            long versions = jdbc.sql("select count(*) from quota.model_class").query(Long.class).single();
            return versions == known.values().stream().mapToLong(ModelClasses.Declared::version).sum() ? known : all();
        });
    }

    private Map<ModelClasses.Place, ModelClasses.Declared> all() {
        Map<ModelClasses.Place, ModelClasses.Declared> all = new HashMap<>();
        jdbc.sql("""
                        select distinct on (tenant_id, endpoint_id) tenant_id, endpoint_id, version, data_class
                          from quota.model_class order by tenant_id, endpoint_id, version desc""")
                .query(row -> {
                    all.put(
                            new ModelClasses.Place(new TenantId(uuid(row, "tenant_id")), new EndpointId(uuid(row, "endpoint_id"))),
                            new ModelClasses.Declared(row.getLong("version"), DataClass.valueOf(text(row, "data_class"))));
                });
        return Map.copyOf(all);
    }

    /** One at a time declares an endpoint's, until the running transaction ends. */
    void lock(TenantId tenant, EndpointId endpoint) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:of, 0))::text")
                .param("of", "quota.model_class " + tenant + " " + endpoint)
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    /** Of each endpoint that is published, by its model's name. */
    List<ModelClassView> last(TenantId tenant) {
        return jdbc.sql("""
                        select r.endpoint_id, r.model, r.project_id, p.name as project_name, m.version, m.data_class, m.made_by, m.made_at, m.reason
                          from quota.route r
                          join quota.project p on p.tenant_id = r.tenant_id and p.id = r.project_id
                          left join lateral (select * from quota.model_class m where m.tenant_id = r.tenant_id and m.endpoint_id = r.endpoint_id order by m.version desc limit 1) m on true
                         where r.tenant_id = :tenant and not r.withdrawn
                         order by r.model, r.endpoint_id""")
                .param("tenant", tenant.value())
                .query((row, number) -> {
                    String takes = row.getString("data_class");
                    return new ModelClassView(
                            new EndpointId(uuid(row, "endpoint_id")), text(row, "model"), new ProjectId(uuid(row, "project_id")), text(row, "project_name"), row.getInt("version"),
                            takes == null ? null : DataClass.valueOf(takes), row.getString("made_by"), takes == null ? null : Timestamps.read(row, "made_at"),
                            row.getString("reason"));
                })
                .list();
    }

    void insert(TenantId tenant, ModelClassView declared) {
        jdbc.sql("""
                        insert into quota.model_class (tenant_id, endpoint_id, version, data_class, made_by, made_at, reason)
                        values (:tenant, :endpoint, :version, :class, :by, :at, :reason)""")
                .param("tenant", tenant.value())
                .param("endpoint", declared.endpoint().value())
                .param("version", declared.version())
                .param("class", Objects.requireNonNull(declared.takes()).name())
                .param("by", declared.madeBy())
                .param("at", Timestamps.column(Objects.requireNonNull(declared.madeAt())))
                .param("reason", declared.reason())
                .update();
    }
}

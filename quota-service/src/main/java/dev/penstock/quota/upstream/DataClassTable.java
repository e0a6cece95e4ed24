package dev.penstock.quota.upstream;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassView;
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

/** The statements on classes of data. Rows are added, and nothing else ever happens to them. */
@Component
class DataClassTable {

    private static final Actor READER = Actor.system("data classes");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    DataClassTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** For the copy. If nothing moved, {@code known} itself: versions are only ever added, so their number tells. */
    Map<DataClasses.Place, DataClasses.Declared> read(Map<DataClasses.Place, DataClasses.Declared> known) {
        return transactions.acrossTenants(Job.SNAPSHOT, READER, () -> {
            long versions = jdbc.sql("select count(*) from quota.data_class").query(Long.class).single();
            return versions == known.values().stream().mapToLong(DataClasses.Declared::version).sum() ? known : all();
        });
    }

    private Map<DataClasses.Place, DataClasses.Declared> all() {
        Map<DataClasses.Place, DataClasses.Declared> all = new HashMap<>();
        jdbc.sql("""
                        select distinct on (tenant_id, project_id) tenant_id, project_id, version, data_class
                          from quota.data_class order by tenant_id, project_id, version desc""")
                .query(row -> {
                    all.put(
                            new DataClasses.Place(new TenantId(uuid(row, "tenant_id")), new ProjectId(uuid(row, "project_id"))),
                            new DataClasses.Declared(row.getLong("version"), dataClass(row)));
                });
        return Map.copyOf(all);
    }

    /** One at a time declares a project's, until the running transaction ends. */
    void lock(TenantId tenant, ProjectId project) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:of, 0))::text")
                .param("of", "quota.data_class " + tenant + " " + project)
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    /** Of each project that is not gone, by name; those without one too. */
    List<DataClassView> last(TenantId tenant) {
        return jdbc.sql("""
                        select p.id, p.name, d.version, d.data_class, d.made_by, d.made_at, d.reason
                          from quota.project p
                          left join lateral (select * from quota.data_class d where d.tenant_id = p.tenant_id and d.project_id = p.id order by d.version desc limit 1) d on true
                         where p.tenant_id = :tenant and not p.vanished
                         order by p.name, p.id""")
                .param("tenant", tenant.value())
                .query((row, number) -> new DataClassView(
                        new ProjectId(uuid(row, "id")), text(row, "name"), row.getInt("version"), dataClass(row), row.getString("made_by"), Timestamps.find(row, "made_at"),
                        row.getString("reason")))
                .list();
    }

    void insert(TenantId tenant, DataClassView declared) {
        jdbc.sql("""
                        insert into quota.data_class (tenant_id, project_id, version, data_class, made_by, made_at, reason)
                        values (:tenant, :project, :version, :class, :by, :at, :reason)""")
                .param("tenant", tenant.value())
                .param("project", declared.project().value())
                .param("version", declared.version())
                .param("class", Objects.requireNonNull(declared.dataClass()).name())
                .param("by", declared.madeBy())
                .param("at", Timestamps.column(Objects.requireNonNull(declared.madeAt())))
                .param("reason", declared.reason())
                .update();
    }

    private static @Nullable DataClass dataClass(ResultSet row) throws SQLException {
        String word = row.getString("data_class");
        return word == null ? null : DataClass.valueOf(word);
    }
}

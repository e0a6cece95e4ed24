package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who holds a part of a GPU, and who waits for one, of all tenants: for those who see all of them. Ask outside of a transaction. */
@Component
public class Holders {

    private static final Actor READER = Actor.system("holders");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    Holders(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * @param name of the slice
     * @param profile its id
     * @param node where it was placed; null: nowhere yet
     * @param waits whether it is queued and no room is kept for it
     * @param within the only cluster where it may be: that of its part, or while it waits of its volume or its address; null: any
     */
    public record Holder(
            SliceId slice, String name, TenantId tenant, String tenantName, ProjectId project, String projectName, String profile, SliceState state,
            @Nullable String node, boolean waits, @Nullable String within) {}

    /** Every slice that holds a part or waits for one, the oldest first. */
    public List<Holder> all() {
        return transactions.acrossTenants(Job.RECONCILE, READER, () -> jdbc.sql("""
                        select s.id, s.name, s.tenant_id, t.name as tenant_name, s.project_id, p.name as project_name, s.profile, s.state, s.node,
                               s.state = 'QUEUED' and not s.holds_room as waits,
                               case when s.state <> 'QUEUED' or s.holds_room or (s.phase > 1 and (s.workspace is not null or s.serving is not null))
                                    then coalesce(s.cluster, '') end as within
                          from platform.slice s
                          join platform.tenant t on t.id = s.tenant_id
                          join platform.project p on p.tenant_id = s.tenant_id and p.id = s.project_id
                         where s.state not in ('RELEASED', 'EXPIRED', 'FAILED', 'SUSPENDED')
                         order by s.created_at, s.id""")
                .query((row, number) -> new Holder(
                        new SliceId(row.getObject("id", UUID.class)), SliceRow.text(row, "name"), new TenantId(row.getObject("tenant_id", UUID.class)),
                        SliceRow.text(row, "tenant_name"), new ProjectId(row.getObject("project_id", UUID.class)), SliceRow.text(row, "project_name"),
                        SliceRow.text(row, "profile"), SliceState.valueOf(SliceRow.text(row, "state")), row.getString("node"),
                        row.getBoolean("waits"), row.getString("within")))
                .list());
    }
}

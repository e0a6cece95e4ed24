package dev.penstock.platform.slice;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Slices that people work on, over all tenants. */
@Component
public class Workspaces {

    private static final Actor READER = Actor.system("workspaces");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final SliceRow rows;

    Workspaces(JobTransactions transactions, JdbcClient jdbc, SliceRow rows) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Every workspace that is ready. */
    public List<Slice> ready() {
        return transactions.acrossTenants(Job.RECONCILE, READER, () -> jdbc.sql("select " + SliceRow.COLUMNS + """
                          from platform.slice s join platform.project p on p.tenant_id = s.tenant_id and p.id = s.project_id
                         where s.state = 'READY' and s.kind = 'WORKSPACE'
                         order by s.tenant_id, s.id""")
                .query(rows)
                .list());
    }
}

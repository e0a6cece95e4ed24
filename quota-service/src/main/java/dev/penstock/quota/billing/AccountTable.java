package dev.penstock.quota.billing;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the ledger says that projects owe. In the running transaction. */
@Component
class AccountTable {

    private final JdbcClient jdbc;

    AccountTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** For use in the period. Postings tell the quarter hour of the use, with which every month of every zone begins. */
    Map<Balance.Owed, BigInteger> owed(TenantId tenant, Period period) {
        Map<Balance.Owed, BigInteger> owed = new HashMap<>();
        jdbc.sql("""
                        select project_id, unit, sum(amount) as amount from quota.posting
                         where tenant_id = :tenant and account = 'caller' and bucket >= :from and bucket < :to
                         group by project_id, unit""")
                .param("tenant", tenant.value())
                .param("from", period.start().atOffset(ZoneOffset.UTC))
                .param("to", period.end().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    ProjectId project = new ProjectId(uuid(row, "project_id"));
                    owed.put(new Balance.Owed(project, text(row, "unit")), row.getBigDecimal("amount").toBigIntegerExact());
                });
        return owed;
    }
}

package dev.penstock.quota.steering;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.SavingsLine;
import dev.penstock.contract.quota.SavingsView;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What steering saved: roll-ups of models that stood in for others, with the same tokens at the prices of what was asked. A model of the same name stands in
 * for itself where only its answer was kept short; that it would have said more nobody knows, so nothing is counted as saved.
 */
@Component
class Savings {

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final NamedPrices prices;

    Savings(JobTransactions transactions, JdbcClient jdbc, NamedPrices prices) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.prices = prices;
    }

    /** To the roll-ups that begin in that time. */
    SavingsView of(Actor reader, TenantId tenant, ProjectId project, Instant from, Instant to) {
        return transactions.inTenant(Job.WEB, reader, tenant, () -> new SavingsView(from, to, currency(jdbc, tenant), lines(tenant, project, from, to)));
    }

    private List<SavingsLine> lines(TenantId tenant, ProjectId project, Instant from, Instant to) {
        return jdbc.sql("""
                        select m.asked, m.model, m.why, u.price_version, sum(u.attempts) as attempts, sum(u.input) as input, sum(u.cache_read) as cache_read,
                               sum(u.cache_write) as cache_write, sum(u.output) as output, sum(u.cost) as cost
                          from quota.usage_rollup u
                          join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                         where u.tenant_id = :tenant and u.project_id = :project and u.bucket >= :from and u.bucket < :to and m.asked is not null
                         group by 1, 2, 3, 4
                         order by sum(u.cost) desc, 1, 2, 3, 4
                         limit 500""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("from", Timestamps.column(from))
                .param("to", Timestamps.column(to))
                .query((row, number) -> line(tenant, project, row))
                .list();
    }

    private SavingsLine line(TenantId tenant, ProjectId project, ResultSet row) throws SQLException {
        Tokens tokens = new Tokens(row.getLong("input"), row.getLong("cache_read"), row.getLong("cache_write"), row.getLong("output"));
        String asked = text(row, "asked");
        int version = row.getInt("price_version");
        @Nullable BigInteger instead = prices.cost(tenant, project, asked, version, tokens);
        return new SavingsLine(
                asked, text(row, "model"), text(row, "why"), version, row.getLong("attempts"), tokens.input(), tokens.cacheRead(), tokens.cacheWrite(), tokens.output(),
                row.getBigDecimal("cost").toBigIntegerExact(), instead);
    }

    /** In the running transaction. */
    static String currency(JdbcClient jdbc, TenantId tenant) {
        return jdbc.sql("""
                        select coalesce(b.currency, t.currency) from quota.tenant t left join quota.price_book b on b.version = 1
                         where t.tenant_id = :tenant""")
                .param("tenant", tenant.value())
                .query(String.class)
                .single();
    }
}

package dev.penstock.quota.reservation;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each slice's own share of each limit's period. */
@Component
class AllotmentTable {

    /**
     * @param amount set aside in all
     * @param settled how much of it was used
     */
    record Allotment(LimitId limit, Instant start, long amount, long settled) {

        long left() {
            return amount - settled;
        }

        boolean isOf(Rule rule, Period period) {
            return limit.equals(rule.id()) && start.equals(period.start());
        }
    }

    private final JdbcClient jdbc;

    AllotmentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The slice's open ones, in the order in which rows are written. */
    List<Allotment> open(TenantId tenant, SliceId slice) {
        return jdbc.sql("""
                        select limit_id, period_start, amount, settled from quota.allotment
                         where tenant_id = :tenant and reservation_id = :slice and attempt = 0 and state = 'open'
                         order by limit_id, period_start""")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .query((row, number) -> new Allotment(
                        new LimitId(uuid(row, "limit_id")),
                        Timestamps.read(row, "period_start"),
                        row.getBigDecimal("amount").longValueExact(),
                        row.getBigDecimal("settled").longValueExact()))
                .list();
    }

    /** Makes one, or lets it grow. */
    void add(TenantId tenant, SliceId slice, Rule rule, Period period, long amount, long settled, Instant now) {
        jdbc.sql("""
                        insert into quota.allotment (tenant_id, limit_id, period_start, replica, reservation_id, attempt, amount, settled, state, created_at)
                        values (:tenant, :limit, :start, 'direct', :slice, 0, :amount, :settled, 'open', :now)
                        on conflict (tenant_id, reservation_id, attempt, limit_id, period_start)
                        do update set amount = allotment.amount + excluded.amount, settled = allotment.settled + excluded.settled""")
                .param("tenant", tenant.value())
                .param("limit", rule.id().value())
                .param("start", Timestamps.column(period.start()))
                .param("slice", slice.value())
                .param("amount", amount)
                .param("settled", settled)
                .param("now", Timestamps.column(now))
                .update();
    }

    void settle(TenantId tenant, SliceId slice, Allotment allotment, long used) {
        update("update quota.allotment set settled = settled + :used", tenant, slice, allotment).param("used", used).update();
    }

    void close(TenantId tenant, SliceId slice, Allotment allotment) {
        update("update quota.allotment set state = 'closed'", tenant, slice, allotment).update();
    }

    private JdbcClient.StatementSpec update(String assignment, TenantId tenant, SliceId slice, Allotment allotment) {
        return jdbc.sql(assignment + " where tenant_id = :tenant and reservation_id = :slice and attempt = 0"
                        + " and limit_id = :limit and period_start = :start")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .param("limit", allotment.limit().value())
                .param("start", Timestamps.column(allotment.start()));
    }
}

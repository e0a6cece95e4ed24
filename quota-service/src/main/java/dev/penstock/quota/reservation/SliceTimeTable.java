package dev.penstock.quota.reservation;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.rating.SlicePrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reported and booked slice time. */
@Component
class SliceTimeTable {

    /** @param seconds booked so far, counted from {@code startedAt} */
    record Recorded(Instant startedAt, long seconds) {}

    private final JdbcClient jdbc;

    SliceTimeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Nullable Recorded find(TenantId tenant, SliceId slice, int phase) {
        return jdbc.sql("select started_at, seconds from quota.slice_time where tenant_id = :tenant and slice_id = :slice and phase = :phase")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .param("phase", phase)
                .query((row, number) -> new Recorded(Timestamps.read(row, "started_at"), row.getLong("seconds")))
                .optional()
                .orElse(null);
    }

    void record(TenantId tenant, SliceId slice, int phase, Recorded recorded) {
        jdbc.sql("""
                        insert into quota.slice_time (tenant_id, slice_id, phase, started_at, seconds)
                        values (:tenant, :slice, :phase, :startedAt, :seconds)
                        on conflict (tenant_id, slice_id, phase) do update set seconds = excluded.seconds""")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .param("phase", phase)
                .param("startedAt", Timestamps.column(recorded.startedAt()))
                .param("seconds", recorded.seconds())
                .update();
    }

    void book(TenantId tenant, SliceId slice, int phase, Terms terms, Stretch stretch, SlicePrice price, Instant now) {
        jdbc.sql("""
                        insert into quota.slice_usage (tenant_id, slice_id, phase, from_second, to_second, project_id, profile, parts, starts_at, ends_at, booked_at,
                                                       price_version, cost)
                        values (:tenant, :slice, :phase, :from, :to, :project, :profile, :parts, :startsAt, :endsAt, :now, :priceVersion, :cost)""")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .param("phase", phase)
                .param("from", stretch.fromSecond())
                .param("to", stretch.toSecond())
                .param("project", terms.project().value())
                .param("profile", terms.profile())
                .param("parts", terms.parts())
                .param("startsAt", Timestamps.column(stretch.startsAt()))
                .param("endsAt", Timestamps.column(stretch.endsAt()))
                .param("now", Timestamps.column(now))
                .param("priceVersion", price.version())
                .param("cost", new BigDecimal(price.cost(stretch.seconds())))
                .update();
    }

    /** Part-seconds booked in the period, by slice, of those that the rule counts; released slices too. */
    Map<SliceId, Long> booked(TenantId tenant, Rule rule, Period period) {
        Map<SliceId, Long> booked = new HashMap<>();
        jdbc.sql("""
                        select slice_id, sum(part_seconds) as part_seconds from quota.slice_usage
                         where tenant_id = :tenant and starts_at >= :start and starts_at < :end
                           and (:project::uuid is null or project_id = :project::uuid)
                         group by slice_id""")
                .param("tenant", tenant.value())
                .param("start", Timestamps.column(period.start()))
                .param("end", Timestamps.column(period.end()))
                .param("project", rule.project() == null ? null : rule.project().toString())
                .query(row -> {
                    booked.put(new SliceId(uuid(row, "slice_id")), row.getLong("part_seconds"));
                });
        return booked;
    }
}

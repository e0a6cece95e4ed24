package dev.penstock.quota.billing;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.SliceTimeRow;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows behind a line of slice time. In the running transaction. */
@Component
class SliceRowTable {

    private final JdbcClient jdbc;

    SliceRowTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Oldest first, from the cursor on; {@code limit} at most. */
    List<SliceTimeRow> oldest(TenantId tenant, Period period, LineKey line, String currency, @Nullable SliceCursor after, int limit) {
        return jdbc.sql("""
                        select slice_id, phase, project_id, profile, starts_at, ends_at, to_second - from_second as seconds,
                               coalesce(price_version, 0) as price_version, coalesce(cost, 0) as cost
                          from quota.slice_usage
                         where tenant_id = :tenant and starts_at >= :from and starts_at < :to
                           and project_id = :project and profile = :profile and coalesce(price_version, 0) = :version %s
                         order by starts_at, slice_id, phase
                         limit :limit""".formatted(after == null ? "" : "and (starts_at, slice_id, phase) > (:afterStart, :afterSlice, :afterPhase)"))
                .param("tenant", tenant.value())
                .param("from", period.start().atOffset(ZoneOffset.UTC))
                .param("to", period.end().atOffset(ZoneOffset.UTC))
                .param("project", line.project().value())
                .param("profile", line.sku())
                .param("version", line.priceVersion())
                .param("afterStart", after == null ? null : after.from().atOffset(ZoneOffset.UTC))
                .param("afterSlice", after == null ? null : after.slice().value())
                .param("afterPhase", after == null ? null : after.phase())
                .param("limit", limit)
                .query((row, number) -> row(row, currency))
                .list();
    }

    private static SliceTimeRow row(ResultSet row, String currency) throws SQLException {
        return new SliceTimeRow(
                new SliceId(uuid(row, "slice_id")),
                row.getInt("phase"),
                new ProjectId(uuid(row, "project_id")),
                text(row, "profile"),
                Timestamps.read(row, "starts_at"),
                Timestamps.read(row, "ends_at"),
                row.getLong("seconds"),
                row.getInt("price_version"),
                new Money(row.getBigDecimal("cost").toBigIntegerExact(), currency));
    }
}

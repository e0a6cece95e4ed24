package dev.penstock.quota.billing;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.SliceTimeRow;
import dev.penstock.contract.quota.StatementRows;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.usage.CallCursor;
import dev.penstock.quota.usage.CallFilter;
import dev.penstock.quota.usage.CallTable;
import dev.penstock.quota.usage.Retention;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From a line down to its rows, page by page. */
@Component
class LineRows {

    static final int PAGE = 50;

    private final StatementReading reading;
    private final TenantTable tenants;
    private final CallTable calls;
    private final SliceRowTable slices;
    private final Retention retention;

    LineRows(StatementReading reading, TenantTable tenants, CallTable calls, SliceRowTable slices, Retention retention) {
        this.reading = reading;
        this.tenants = tenants;
        this.calls = calls;
        this.slices = slices;
        this.retention = retention;
    }

    StatementRows page(TenantId id, YearMonth month, LineKey line, @Nullable String cursor) {
        return reading.of(id, () -> {
            BilledTenant tenant = tenants.list(id).stream().findFirst().orElseThrow(Access::notFound);
            Period period = tenant.calendar().month(month);
            return switch (line.kind()) {
                case TOKENS -> calls(id, period, line, CallCursor.parse(cursor));
                case SLICES -> slices(tenant, period, line, SliceCursor.parse(cursor));
            };
        });
    }

    private StatementRows calls(TenantId tenant, Period period, LineKey line, @Nullable CallCursor after) {
        CallFilter filter = CallFilter.ofLine(
                tenant, line.project(), period.start(), period.end(), new CallFilter.Priced(line.sku(), line.meter(), line.priceVersion()));
        List<CallRow> found = calls.oldest(filter, after, PAGE + 1);
        List<CallRow> page = List.copyOf(found.subList(0, Math.min(PAGE, found.size())));
        return new StatementRows(
                page, List.of(), found.size() > PAGE ? CallTable.place(page.getLast()).text() : null, retention.archivedBefore(period.start()));
    }

    private StatementRows slices(BilledTenant tenant, Period period, LineKey line, @Nullable SliceCursor after) {
        List<SliceTimeRow> found = slices.oldest(tenant.id(), period, line, tenant.currency(), after, PAGE + 1);
        List<SliceTimeRow> page = List.copyOf(found.subList(0, Math.min(PAGE, found.size())));
        return new StatementRows(List.of(), page, found.size() > PAGE ? SliceCursor.of(page.getLast()).text() : null, null);
    }
}

package dev.penstock.quota.billing;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import dev.penstock.quota.rating.PriceBooks;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Drafts of statements, made of the rows at the moment somebody asks. */
@Component
class Statements {

    /** Months that are listed, the present one included. Older ones are there when they are asked for. */
    static final int LISTED_MONTHS = 36;

    private static final Comparator<StatementView.Summary> NEWEST_FIRST = Comparator.comparing(StatementView.Summary::month)
            .reversed()
            .thenComparing(StatementView.Summary::tenantName)
            .thenComparing(summary -> summary.tenant().toString());

    private final StatementReading reading;
    private final TenantTable tenants;
    private final RowGroupTable groups;
    private final AccountTable accounts;
    private final PriceBooks prices;
    private final Clock clock;

    Statements(StatementReading reading, TenantTable tenants, RowGroupTable groups, AccountTable accounts, PriceBooks prices, Clock clock) {
        this.reading = reading;
        this.tenants = tenants;
        this.groups = groups;
        this.accounts = accounts;
        this.prices = prices;
        this.clock = clock;
    }

    /** Of a tenant whose statements the caller may read; rows, lines and ledger as they are at one moment. */
    StatementView draft(TenantId id, YearMonth month) {
        return reading.of(id, () -> {
            BilledTenant tenant = tenants.list(id).stream().findFirst().orElseThrow(Access::notFound);
            Period period = tenant.calendar().month(month);
            List<RowGroup> rows = groups.months(id, List.of(period.start()), period.end(), RowGroupTable.Source.ROWS).getOrDefault(period.start(), List.of());
            List<LineSum> lines = lines(rows);
            Draft draft = Draft.of(tenant.currency(), lines, tenant.projects());
            return new StatementView(
                    id, tenant.name(), month, StatementView.State.DRAFT, tenant.calendar().zone().getId(), period.start(), period.end(), clock.instant(),
                    tenant.currency(), draft.lines(), draft.exact(), draft.billed(), draft.rounding(),
                    Balance.holds(tenant.currency(), lines, rows, accounts.owed(id, period)),
                    rows.stream().mapToLong(RowGroup::estimated).sum());
        });
    }

    /** Months with use, of these tenants; null: of all. */
    List<StatementView.Summary> months(@Nullable Set<TenantId> of) {
        List<StatementView.Summary> summaries = new ArrayList<>();
        if (of == null) {
            reading.ofAll(() -> tenants.list(null).stream().map(this::summaries).toList()).forEach(summaries::addAll);
        } else {
            of.forEach(id -> summaries.addAll(reading.of(id, () -> tenants.list(id).stream().map(this::summaries).flatMap(List::stream).toList())));
        }
        return summaries.stream().sorted(NEWEST_FIRST).toList();
    }

    private List<StatementView.Summary> summaries(BilledTenant tenant) {
        TenantCalendar calendar = tenant.calendar();
        YearMonth present = calendar.monthOf(clock.instant());
        List<Instant> starts = new ArrayList<>();
        for (YearMonth month = present.minusMonths(LISTED_MONTHS - 1L); !month.isAfter(present); month = month.plusMonths(1)) {
            starts.add(calendar.month(month).start());
        }
        Map<Instant, List<RowGroup>> months = groups.months(tenant.id(), starts, calendar.month(present).end(), RowGroupTable.Source.ROLLUPS);
        return months.entrySet().stream()
                .map(month -> {
                    Draft draft = Draft.of(tenant.currency(), lines(month.getValue()), tenant.projects());
                    return new StatementView.Summary(
                            tenant.id(), tenant.name(), calendar.monthOf(month.getKey()), StatementView.State.DRAFT, draft.exact(), draft.billed());
                })
                .toList();
    }

    private List<LineSum> lines(List<RowGroup> rows) {
        UnitPrices unitPrices = new UnitPrices(prices);
        return rows.stream().flatMap(group -> group.lines(unitPrices).stream()).toList();
    }
}

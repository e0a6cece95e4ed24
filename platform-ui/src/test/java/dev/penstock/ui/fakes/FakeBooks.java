package dev.penstock.ui.fakes;

import dev.penstock.contract.CallId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallPage;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.StatementRows;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.contract.quota.UsageSpeed;
import dev.penstock.ui.backend.BackendProblem;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Usage and statements, as far as screens see them: everything is added up from the same rows. */
public final class FakeBooks {

    private static final int PAGE = 50;

    /** Calls of one hour by one caller: their sums in one row. */
    public record Use(CallRow row, long calls, long failed, long estimated) {}

    public final List<Use> uses = new ArrayList<>();
    public final List<StatementView> statements = new ArrayList<>();

    /** Questions that were asked since it was emptied. */
    public final List<String> asked = new ArrayList<>();

    /** Set: rows before it are archived, and none of those are shown. */
    public @Nullable Instant archivedBefore;

    /** Set: usage is refused with it. */
    public @Nullable BackendProblem down;

    private final FakeServices services;

    FakeBooks(FakeServices services) {
        this.services = services;
    }

    void clear() {
        uses.clear();
        statements.clear();
        asked.clear();
        archivedBefore = null;
        down = null;
    }

    private void up() {
        services.up();
        BackendProblem problem = down;
        if (problem != null) {
            throw problem;
        }
    }

    public UsageApi usage() {
        return new UsageApi() {
            @Override
            public UsageSeries series(
                    @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, Instant from, Instant to,
                    UsageSeries.Bucket bucket, UsageSeries.By by) {
                up();
                asked.add("series " + bucket + " " + by);
                ZoneId zone = tenant == null ? ZoneId.of("UTC") : ZoneId.of(FakeServices.found(services.tenants.get(tenant)).timeZone());
                Instant first = start(from, bucket, zone);
                Instant end = first;
                while (end.isBefore(to)) {
                    end = next(end, bucket, zone);
                }
                return new UsageSeries(first, end, bucket, points(seen(tenant, project, key, model, first, end), bucket, by, zone));
            }

            @Override
            public CallPage calls(
                    @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, Instant from, Instant to,
                    boolean egress, @Nullable String cursor) {
                up();
                asked.add("calls");
                List<CallRow> rows = seen(tenant, project, key, model, from, to).stream()
                        .map(Use::row)
                        .filter(row -> !egress || row.egress() != null)
                        .sorted(Comparator.comparing(CallRow::at).reversed())
                        .toList();
                int begin = cursor == null ? 0 : Integer.parseInt(cursor);
                int end = Math.min(rows.size(), begin + PAGE);
                return new CallPage(rows.subList(begin, end), end < rows.size() ? String.valueOf(end) : null, archivedBefore != null && from.isBefore(archivedBefore) ? archivedBefore : null);
            }
        };
    }

    private List<Use> seen(
            @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, Instant from, Instant to) {
        return uses.stream()
                .filter(use -> services.seen(use.row().tenant(), use.row().project(), tenant, project))
                .filter(use -> key == null || key.equals(use.row().key()))
                .filter(use -> model == null || model.equals(use.row().model()))
                .filter(use -> !use.row().at().isBefore(from) && use.row().at().isBefore(to))
                .toList();
    }

    private List<UsagePoint> points(List<Use> seen, UsageSeries.Bucket bucket, UsageSeries.By by, ZoneId zone) {
        var points = new TreeMap<String, UsagePoint>();
        for (Use use : seen) {
            CallRow row = use.row();
            Instant at = start(row.at(), bucket, zone);
            String group = group(row, by);
            var point = new UsagePoint(
                    at, group, by == UsageSeries.By.KEY ? row.keyName() : by == UsageSeries.By.PERSON ? row.person() : null, use.calls(), use.failed(),
                    use.estimated(), row.input(), row.cacheRead(), row.cacheWrite(), row.output(), row.reasoning(), row.cost(), speed(use));
            points.merge(at + " " + group, point, FakeBooks::plus);
        }
        return List.copyOf(points.values());
    }

    /** As if each of its calls had been like the one that stands for them. */
    private static UsageSpeed speed(Use use) {
        Integer first = use.row().firstTokenMs();
        return first == null
                ? UsageSpeed.UNKNOWN
                : new UsageSpeed(use.calls(), use.calls() * first, use.row().output(), use.calls() * (use.row().durationMs() - first));
    }

    private static @Nullable String group(CallRow row, UsageSeries.By by) {
        return switch (by) {
            case MODEL -> row.model();
            case KEY -> Objects.toString(row.key(), null);
            case PROJECT -> row.project().toString();
            case TENANT -> row.tenant().toString();
            case PERSON -> row.person();
        };
    }

    private static UsagePoint plus(UsagePoint one, UsagePoint other) {
        return new UsagePoint(
                one.at(), one.group(), one.groupName(), one.calls() + other.calls(), one.failed() + other.failed(), one.estimated() + other.estimated(),
                one.input() + other.input(), one.cacheRead() + other.cacheRead(), one.cacheWrite() + other.cacheWrite(), one.output() + other.output(), one.reasoning() + other.reasoning(),
                one.cost().plus(other.cost()), one.speed().plus(other.speed()));
    }

    private static Instant start(Instant at, UsageSeries.Bucket bucket, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        return switch (bucket) {
            case QUARTER_HOUR -> local.truncatedTo(ChronoUnit.HOURS).plusMinutes(local.getMinute() / 15 * 15).toInstant();
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> local.truncatedTo(ChronoUnit.DAYS).toInstant();
            case MONTH -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
        };
    }

    private static Instant next(Instant start, UsageSeries.Bucket bucket, ZoneId zone) {
        ZonedDateTime local = start.atZone(zone);
        return switch (bucket) {
            case QUARTER_HOUR -> local.plusMinutes(15).toInstant();
            case HOUR -> local.plusHours(1).toInstant();
            case DAY -> local.plusDays(1).toInstant();
            case MONTH -> local.plusMonths(1).toInstant();
        };
    }

    public StatementsApi statements() {
        return new StatementsApi() {
            @Override
            public List<StatementView.Summary> list(@Nullable TenantId tenant) {
                services.up();
                return statements.stream()
                        .filter(each -> services.persona().tenants().stream().anyMatch(mine -> mine.id().equals(each.tenant())))
                        .filter(each -> tenant == null || tenant.equals(each.tenant()))
                        .map(each -> new StatementView.Summary(
                                each.tenant(), each.tenantName(), each.month(), each.state(), each.exact(), each.billed()))
                        .toList();
            }

            @Override
            public StatementView get(TenantId tenant, YearMonth month) {
                services.up();
                return FakeServices.found(statements.stream()
                        .filter(each -> services.persona().tenants().stream().anyMatch(mine -> mine.id().equals(tenant)))
                        .filter(each -> each.tenant().equals(tenant) && each.month().equals(month))
                        .findFirst()
                        .orElse(null));
            }

            @Override
            public StatementRows rows(TenantId tenant, YearMonth month, String line, @Nullable String cursor) {
                StatementView.Line wanted = FakeServices.found(
                        get(tenant, month).lines().stream().filter(each -> each.id().equals(line)).findFirst().orElse(null));
                int begin = cursor == null ? 0 : Integer.parseInt(cursor);
                return wanted.kind() == StatementView.Kind.SLICES ? BookShowcase.sliceRows(wanted) : BookShowcase.callRows(wanted, uses, begin, PAGE, archivedBefore);
            }
        };
    }

    /** Somebody called just now. */
    public void called(Instant at, long tokens) {
        Use like = uses.getFirst();
        CallRow row = like.row();
        uses.add(new Use(
                new CallRow(
                        new CallId(Ids.uuid(0x7_0000 + uses.size())), 0, at, row.tenant(), row.project(), row.projectName(), row.key(), row.keyName(), row.person(),
                        row.endpoint(), row.model(), 200, false, tokens, 0, 0, 0, 0, 1, new Money(BigInteger.valueOf(tokens), "EUR"), 3_100, 290, null, null),
                1, 0, 0));
    }

}

package dev.penstock.ui.fakes;

import dev.penstock.contract.CallId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitWarning;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Steered;
import dev.penstock.contract.quota.SliceTimeRow;
import dev.penstock.contract.quota.StatementRows;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Seven weeks of calls, more on working days, and two months of statements. */
final class BookShowcase {

    private static final BigInteger CENT = BigInteger.TEN.pow(10);
    private static final int DAYS = 50;

    private final FakeServices services;
    private final Instant now;

    private BookShowcase(FakeServices services, Instant now) {
        this.services = services;
        this.now = now;
    }

    static void fill(FakeServices services, Instant now) {
        var showcase = new BookShowcase(services, now);
        showcase.uses();
        showcase.limits();
        showcase.statements();
    }

    private void uses() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        for (int back = DAYS * 24; back >= 0; back--) {
            Instant at = hour.minus(Duration.ofHours(back));
            long load = load(at);
            use(at.plusSeconds(60), Ids.RESEARCH, Ids.VISION, "research-vision", Ids.key(1), "notebook", null, "qwen2.5-7b-instruct", load, 150_000, 620_000);
            use(at.plusSeconds(120), Ids.RESEARCH, Ids.VISION, "research-vision", Ids.key(2), "batch-eu", null, "research-vision/summarise-7b", load * 2, 0, 0);
            if (load > 4) {
                use(at.plusSeconds(180), Ids.RESEARCH, Ids.VISION, "research-vision", null, null, "scientist", "bge-m3", load, 20_000, 0);
                use(at.plusSeconds(240), Ids.RISK, Ids.SCORING, "risk-scoring", Ids.key(9), "replay", null, "qwen2.5-7b-instruct", load / 2, 150_000, 620_000);
            }
        }
        use(hour.minus(Duration.ofHours(2)), Ids.RESEARCH, Ids.VISION, "research-vision", Ids.key(1), "notebook", null, "gpt-5-mini", 1, 200_000, 1_600_000);
    }

    private static long load(Instant at) {
        ZonedDateTime local = at.atZone(ZoneId.of("UTC"));
        boolean weekend = local.getDayOfWeek().getValue() > 5;
        int hour = local.getHour();
        return (hour < 7 || hour > 18 ? 2 : 12 - Math.abs(13 - hour)) * (weekend ? 1 : 3) + local.getDayOfMonth() % 4;
    }

    private void use(
            Instant at, TenantId tenant, ProjectId project, String projectName, @Nullable KeyId key, @Nullable String keyName, @Nullable String person,
            String model, long load, long inputPrice, long outputPrice) {
        if (at.isAfter(now)) {
            return;
        }
        long input = load * 61_003;
        long cached = load * 40_007;
        long output = load * 11_001;
        long cost = (input + cached / 4) * inputPrice + output * outputPrice;
        int number = services.books.uses.size();
        boolean odd = number % 97 == 0;
        services.books.uses.add(new FakeBooks.Use(
                new CallRow(
                        new CallId(Ids.uuid(0x1_0000 + number)), 0, at, tenant, project, projectName, key, keyName, person, Ids.endpoint(1), model,
                        odd ? 502 : 200, odd, input, cached, 0, output, reasoning(model, output), 1, new Money(BigInteger.valueOf(cost), "EUR"),
                        (int) (300 + load * 120), model.equals("bge-m3") ? null : (int) (180 + load * 9), egress(model), steered(model)),
                load * 40, odd ? 3 : 0, odd ? 2 : 0));
    }

    private static long reasoning(String model, long output) {
        return model.equals("gpt-5-mini") ? output / 3 : 0;
    }

    private static @Nullable Egress egress(String model) {
        return model.equals("gpt-5-mini") ? new Egress("openai-eu", 3, DataClass.INTERNAL, "alias chat-default, tier 2") : null;
    }

    private static @Nullable Steered steered(String model) {
        return model.equals("gpt-5-mini") ? new Steered("gpt-5", "policy 4, rule 2: purpose batch") : null;
    }

    private void limits() {
        limit(8, Ids.RESEARCH, null, null, Meter.MONEY, Window.MONTH, eur(160_00), eur(81_40), eur(12));
        limit(9, Ids.RESEARCH, Ids.VISION, null, Meter.MONEY, Window.MONTH, eur(96_00), eur(78_21), eur(42));
        limit(10, Ids.RESEARCH, Ids.VISION, null, Meter.TOKENS, Window.MONTH, BigInteger.valueOf(4_000_000_000L), BigInteger.valueOf(1_860_233_108L), BigInteger.valueOf(41_000));
        limit(11, Ids.RESEARCH, Ids.VISION, null, Meter.REQUESTS, Window.MINUTE, BigInteger.valueOf(2_400), BigInteger.valueOf(118), BigInteger.ZERO);
        limit(12, Ids.RESEARCH, Ids.VISION, Ids.key(2), Meter.CONCURRENCY, Window.NOW, BigInteger.valueOf(16), BigInteger.ZERO, BigInteger.valueOf(5));
        limit(14, Ids.RESEARCH, Ids.VISION, "scientist2", List.of("research-vision/summarise-7b"), Meter.TOKENS, Window.DAY, BigInteger.valueOf(2_000_000), false, 75,
                BigInteger.valueOf(1_712_044), List.of(new LimitWarning(75, BigInteger.valueOf(1_500_400), now.minus(Duration.ofMinutes(50)))));
        limit(15, Ids.RESEARCH, null, null, List.of("qwen2.5-7b-instruct"), Meter.MONEY, Window.MONTH, null, true, null, eur(31_07), List.of());
        limit(13, Ids.RISK, null, null, Meter.MONEY, Window.MONTH, eur(130_00), eur(28_90), BigInteger.ZERO);
    }

    /** @param cents of a euro */
    private static BigInteger eur(long cents) {
        return BigInteger.valueOf(cents).multiply(CENT);
    }

    private void limit(
            int number, TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, Meter meter, Window window, BigInteger amount, BigInteger used,
            BigInteger aside) {
        ZonedDateTime month = now.atZone(ZoneId.of("Europe/Berlin")).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        boolean monthly = window == Window.MONTH;
        services.limits.put(Ids.limit(number), new LimitView(
                Ids.limit(number), tenant, tenant.equals(Ids.RISK) ? "risk" : "research", project, project == null ? null : "research-vision", key,
                key == null ? null : "batch-eu", null, meter, null, null, window, amount, true, monthly ? 80 : null, used, aside,
                monthly ? month.toInstant() : window == Window.MINUTE ? now.truncatedTo(ChronoUnit.MINUTES) : null,
                monthly ? month.plusMonths(1).toInstant() : window == Window.MINUTE ? now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60) : null, List.of()));
    }

    /** On a person, on some models, soft or unlimited. */
    private void limit(
            int number, TenantId tenant, @Nullable ProjectId project, @Nullable String person, List<String> models, Meter meter, Window window,
            @Nullable BigInteger amount, boolean hard, @Nullable Integer soft, BigInteger used, List<LimitWarning> warnings) {
        ZonedDateTime day = now.atZone(ZoneId.of("Europe/Berlin")).truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime start = window == Window.MONTH ? day.withDayOfMonth(1) : day;
        services.limits.put(Ids.limit(number), new LimitView(
                Ids.limit(number), tenant, "research", project, project == null ? null : "research-vision", null, null, person, meter, null, models, window,
                amount, hard, soft, used, BigInteger.ZERO, start.toInstant(), (window == Window.MONTH ? start.plusMonths(1) : start.plusDays(1)).toInstant(),
                warnings));
    }

    private void statements() {
        for (YearMonth month : List.of(YearMonth.of(2026, 11), YearMonth.of(2026, 10))) {
            statement(Ids.RESEARCH, "research", month, List.of(
                    line("v1", Ids.VISION, "research-vision", "h100-80.1g.10gb", BilledMeter.SLICE_SECOND, 3_969_000, 116_666_667L, 3),
                    line("v2", Ids.VISION, "research-vision", "h100-80.2g.20gb", BilledMeter.SLICE_SECOND, 2_678_400, 233_333_333L, 1),
                    line("v3", Ids.VISION, "research-vision", "qwen2.5-7b-instruct", BilledMeter.INPUT, 812_451_022, 150_000, 41_220),
                    line("v4", Ids.VISION, "research-vision", "qwen2.5-7b-instruct", BilledMeter.CACHE_READ, 401_220_009, 15_125, 41_220),
                    line("v5", Ids.VISION, "research-vision", "qwen2.5-7b-instruct", BilledMeter.OUTPUT, 96_218_405, 620_000, 41_220),
                    line("l1", Ids.LANGUAGE, "research-language", "h100-80.7g.80gb", BilledMeter.SLICE_SECOND, 777_600, 805_555_556L, 1),
                    line("l2", Ids.LANGUAGE, "research-language", "bge-m3", BilledMeter.INPUT, 311_510_771, 20_000, 1_902)));
        }
        statement(Ids.RISK, "risk", YearMonth.of(2026, 11), List.of(
                line("s1", Ids.SCORING, "risk-scoring", "qwen2.5-7b-instruct", BilledMeter.OUTPUT, 11_204_000, 620_000, 920)));
    }

    private static StatementView.Line line(
            String id, ProjectId project, String projectName, String sku, BilledMeter meter, long quantity, long price, long rows) {
        BigInteger exact = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(price));
        BigInteger billed = exact.add(CENT.shiftRight(1)).divide(CENT).multiply(CENT);
        return new StatementView.Line(
                id, project, projectName, meter == BilledMeter.SLICE_SECOND ? StatementView.Kind.SLICES : StatementView.Kind.TOKENS, sku, meter, 3,
                BigInteger.valueOf(quantity), BigInteger.valueOf(price), new Money(exact, "EUR"), new Money(billed, "EUR"), rows);
    }

    private void statement(TenantId tenant, String name, YearMonth month, List<StatementView.Line> lines) {
        Money exact = lines.stream().map(StatementView.Line::exact).reduce(Money.zero("EUR"), Money::plus);
        Money billed = lines.stream().map(StatementView.Line::billed).reduce(Money.zero("EUR"), Money::plus);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        services.books.statements.add(new StatementView(
                tenant, name, month, StatementView.State.DRAFT, zone.getId(), month.atDay(1).atStartOfDay(zone).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant(), now, "EUR", lines, exact, billed,
                new Money(exact.picoUnits().subtract(billed.picoUnits()), "EUR"), true, 7));
    }

    static StatementRows sliceRows(StatementView.Line line) {
        var rows = new ArrayList<SliceTimeRow>();
        long each = line.quantity().longValueExact() / line.rows();
        Instant from = Instant.parse("2026-11-01T06:00:00Z");
        for (int i = 0; i < line.rows(); i++) {
            rows.add(new SliceTimeRow(
                    Ids.slice(i + 1), 1, line.project(), line.sku(), from.plusSeconds(i * each), from.plusSeconds((i + 1) * each), each, line.priceVersion(),
                    new Money(line.unitPrice().multiply(BigInteger.valueOf(each)), "EUR")));
        }
        return new StatementRows(List.of(), rows, null, null);
    }

    static StatementRows callRows(StatementView.Line line, List<FakeBooks.Use> uses, int begin, int size, @Nullable Instant archivedBefore) {
        List<CallRow> rows = uses.stream().map(FakeBooks.Use::row).filter(row -> row.project().equals(line.project()) && row.model().equals(line.sku())).toList();
        int end = Math.min(rows.size(), begin + size);
        return new StatementRows(rows.subList(Math.min(begin, end), end), List.of(), end < rows.size() ? String.valueOf(end) : null, archivedBefore);
    }
}

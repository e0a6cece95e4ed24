package dev.penstock.ui.usage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.backend.CallsCsv;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Chart;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PacedScreen;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.TimeAxis;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was used: sums over time, and the calls behind them. */
@Route(Destination.Paths.USAGE)
@PermitAll
class UsageView extends PacedScreen {

    static final String TAB = "tab";
    static final String CALLS = "calls";

    private static final long serialVersionUID = 1L;

    /** Under load usage changes many times a second; nobody reads that fast. */
    private static final Duration LEAST_BETWEEN_DRAWINGS = Duration.ofSeconds(2);

    private final transient UsageApi usage;
    private final transient KeysApi keys;
    private final transient LimitsApi limits;
    private final transient CallsCsv csv;
    private final transient Clock clock;
    private final Markup figures = Markup.of("div", "");
    private final Markup body = Markup.of("div", "stack");
    private final Chart chart = new Chart("Usage over time");
    private final Markup table = Markup.of("div", "");

    UsageView(Viewer viewer, UsageApi usage, KeysApi keys, LimitsApi limits, CallsCsv csv, Clock clock) {
        super("Usage", viewer, LEAST_BETWEEN_DRAWINGS, clock);
        this.usage = usage;
        this.keys = keys;
        this.limits = limits;
        this.csv = csv;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "usage", "limit") && inScope(change);
    }

    @Override
    protected void show() {
        ZoneId zone = zone();
        Range range = Range.of(address(), clock.instant(), zone);
        Question question = Question.of(address(), scope(), range);
        removeAll();
        add(
                new PageHead("Usage").actions(Link.button("Refusals", address().to(Destination.Paths.REFUSALS)), export(question)),
                new Segments("What", address().without(CallsPanel.CURSOR), TAB, "sums").asTabs().segment("sums", "Totals").segment(CALLS, "Calls"),
                new RangeBar(address(), range, zone, keyName(question), this::go),
                figures,
                body);
        draw(question, zone);
    }

    /** A page further back stays as it is. */
    @Override
    protected void redraw() {
        if (address().get(CallsPanel.CURSOR) == null) {
            draw(Question.of(address(), scope(), Range.of(address(), clock.instant(), zone())), zone());
        }
    }

    private ZoneId zone() {
        return TimeAxis.zone(scope(), me());
    }

    private void draw(Question question, ZoneId zone) {
        figures.removeAll();
        body.removeAll();
        if (address().is(TAB, CALLS)) {
            body.add(CallsPanel.of(question.calls(usage, address().get(CallsPanel.CURSOR)), address()));
        } else {
            sums(question, zone);
        }
    }

    private void sums(Question question, ZoneId zone) {
        UsageSeries series = question.series(usage);
        Sums now = Sums.of(series.points());
        UsageSeries seriesBefore = question.before(usage);
        Sums before = Sums.of(seriesBefore.points());
        Show show = address().get(Show.PARAMETER, Show.TOKENS);
        String currency = Objects.requireNonNullElseGet(Sums.currency(series.points()), this::currency);
        figures.add(Figures.of(now, before, question.range().before(), currency));
        if (series.points().isEmpty()) {
            body.add(new Panel("Over time").wide(nothing()));
            addLimits(question);
            return;
        }
        List<Group> groups = Group.of(series, question.by(), show, me());
        Range range = question.range();
        chart.show(UsageChart.of(
                groups, TimeAxis.of(series, zone), Sums.byTime(seriesBefore), TimeAxis.of(range.beforeFrom(), range.beforeTo(), series.bucket(), zone), range.before(), show,
                show.unit(currency)));
        table.removeAll();
        table.add(GroupTable.of(groups, question, address(), this::remember, currency));
        body.add(
                new Panel("Over time").hint("days of " + zone.getId()).actions(each(question.range()), shown()).body(chart),
                new Panel("By " + GroupTable.title(question.by()).toLowerCase(Locale.ROOT)).actions(by()).wide(table));
        addLimits(question);
    }

    private void addLimits(Question question) {
        List<LimitView> limited = UsageLimits.of(limits.list(question.tenant()), question, me());
        if (!limited.isEmpty()) {
            body.add(UsageLimits.panel(limited, address(), me()));
        }
    }

    private Segments shown() {
        var segments = new Segments("Show", address(), Show.PARAMETER, Address.word(Show.TOKENS));
        segments.addClassName("small");
        for (Show show : Show.values()) {
            segments.segment(Address.word(show), show.title());
        }
        return segments;
    }

    /** Days or hours, where there is a choice. */
    private Component each(Range range) {
        if (!range.mayBeByHour()) {
            return Markup.of("span", "");
        }
        var segments = new Segments("Each bar", address(), Range.EACH, "day").segment("day", "By day").segment("hour", "By hour");
        segments.addClassName("small");
        return segments;
    }

    private Segments by() {
        var segments = new Segments("By", address(), Question.BY, "model").segment("model", "Model").segment("key", "Key").segment("project", "Project");
        segments.addClassName("small");
        if (Roles.seesAllTenants(me())) {
            segments.segment("tenant", "Tenant");
        }
        return segments.segment("person", "Person");
    }

    private EmptyState nothing() {
        var empty = new EmptyState(
                Icon.USAGE, "Nothing was used in this time", "Calls are counted here within seconds: tokens, cost and failures, by model, key, project and person.");
        if (address().get(Question.MODEL) != null || address().get(Question.KEY) != null) {
            empty.add(Link.button("Show all", address().without(Question.MODEL, Question.KEY, Question.TENANT)));
        } else {
            empty.add(Link.button("This month", address().with(Range.RANGE, Range.Kind.MONTH.key())));
        }
        return empty;
    }

    private String currency() {
        return me().tenants().isEmpty() ? "EUR" : me().tenants().getFirst().currency();
    }

    private @Nullable String keyName(Question question) {
        return question.key() == null
                ? null
                : keys.list(question.tenant(), question.project()).stream()
                        .filter(key -> key.id().equals(question.key()))
                        .map(KeyView::name)
                        .findFirst()
                        .orElse(null);
    }

    private Anchor export(Question question) {
        DownloadHandler download = event -> {
            event.setFileName("penstock-calls.csv");
            event.setContentType("text/csv");
            csv.writeTo(question.csv(), event.getOutputStream());
        };
        var anchor = new Anchor(download, "");
        anchor.add(Icon.DOWNLOAD.decorative(), Markup.plain("All calls as CSV"));
        anchor.addClassName("button");
        return anchor;
    }
}

package dev.penstock.ui.statement;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.Money;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Csv;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PacedScreen;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A month of a tenant, line by line, each line down to its rows. */
@Route(Destination.Paths.STATEMENTS + "/:tenant/:month")
@PermitAll
class OneStatementView extends PacedScreen {

    static final String LINE = "line";
    static final String CURSOR = "cursor";

    private static final long serialVersionUID = 1L;

    /** A draft moves with every call; a statement is read over all rows of its month. */
    private static final Duration LEAST_BETWEEN_READINGS = Duration.ofSeconds(5);

    private final transient StatementsApi statements;
    private final transient Clock clock;

    OneStatementView(Viewer viewer, StatementsApi statements, Clock clock) {
        super("Statement", viewer, LEAST_BETWEEN_READINGS, clock);
        this.statements = statements;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "usage", "statement", "slice") && (change.tenant() == null || address().path().contains(change.tenant().toString()));
    }

    @Override
    protected void redraw() {
        show();
    }

    @Override
    protected void show() {
        String[] path = address().path().split("/");
        TenantId tenant = PathIds.of(path[1], TenantId::of);
        YearMonth month = month(path[2]);
        StatementView statement = statements.get(tenant, month);
        StatementView.Line line = chosen(statement);
        var body = Markup.of("div", "cols", lines(statement)).style("--cols", line == null ? "minmax(0,1fr)" : "minmax(0,1fr) 420px");
        if (line != null) {
            body.add(Markup.of("div", "stack first-when-narrow", LinePanel.of(line, statements.rows(tenant, month, line.id(), address().get(CURSOR)), address())));
        }
        removeAll();
        add(
                new Crumbs().step("Statements", address().to(Destination.Paths.STATEMENTS)).step(statement.tenantName(), address().to(Destination.Paths.STATEMENTS)),
                new PageHead(Lines.month(month))
                        .beside(state(statement.state()), Markup.text("span", "quiet", statement.tenantName()))
                        .actions(export(statement)),
                figures(statement),
                body);
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException noMonth) {
            throw new BackendProblem(Problem.NOT_FOUND, "“" + text + "” is no month.", null);
        }
    }

    private static Component state(StatementView.State state) {
        return switch (state) {
            case DRAFT -> Badge.pill(Tone.OFF, "Draft");
        };
    }

    private StatementView.@Nullable Line chosen(StatementView statement) {
        String wanted = address().get(LINE);
        return statement.lines().stream().filter(line -> line.id().equals(wanted)).findFirst().orElse(null);
    }

    private KeyFigures figures(StatementView statement) {
        Money slices = billed(statement, StatementView.Kind.SLICES);
        Money tokens = billed(statement, StatementView.Kind.TOKENS);
        long rows = statement.lines().stream().mapToLong(StatementView.Line::rows).sum();
        var figures = new KeyFigures()
                .figure("Total", Amounts.component(statement.billed().picoUnits(), statement.currency()), "as of " + PersonTime.dayAndTime(statement.asOf()))
                .figure("Slices", Cells.money(slices), share(slices, statement))
                .figure("Tokens", Cells.money(tokens), share(tokens, statement))
                .figure("Rows behind it", Quantities.count(rows), "", Quantities.count(statement.estimatedCalls(), "call", "calls") + " estimated");
        return figures.figure(
                "Proof",
                statement.balanced() ? Badge.pill(Tone.OK, "Equals the ledger") : Badge.pill(Tone.BAD, "Differs from the ledger"),
                statement.balanced() ? "rows, lines and the ledger's account, to the last unit" : "tell your administrators; the rows are kept");
    }

    private static Money billed(StatementView statement, StatementView.Kind kind) {
        return statement.lines().stream()
                .filter(line -> line.kind() == kind)
                .map(StatementView.Line::billed)
                .reduce(Money.zero(statement.currency()), Money::plus);
    }

    private static String share(Money part, StatementView statement) {
        return statement.billed().picoUnits().signum() == 0
                ? "nothing was billed yet"
                : Quantities.percent(part.picoUnits(), statement.billed().picoUnits()) + " % of the total";
    }

    private Panel lines(StatementView statement) {
        var panel = new Panel("Lines").hint(statement.lines().isEmpty() ? null : String.valueOf(statement.lines().size()));
        if (statement.lines().isEmpty()) {
            panel.wide(new EmptyState(
                    Icon.STATEMENT, "Nothing in this month", "No slice was held and no call was made.",
                    Link.button("All statements", address().to(Destination.Paths.STATEMENTS))));
        } else {
            panel.wide(LineTable.of(statement, address(), this::remember));
        }
        return panel.foot(Markup.text(
                "span", "", "From " + PersonTime.exact(statement.from()) + " to " + PersonTime.exact(statement.to()) + ": the month in " + statement.timeZone() + ". A draft moves until the month is closed."));
    }

    private static Anchor export(StatementView statement) {
        return Csv.download("Lines as CSV", "statement-" + statement.tenantName() + "-" + statement.month() + ".csv", () -> LinesCsv.of(statement));
    }
}

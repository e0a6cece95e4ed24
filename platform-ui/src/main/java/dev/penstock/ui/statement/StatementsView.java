package dev.penstock.ui.statement;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The months there is something about. */
@Route(Destination.Paths.STATEMENTS)
@PermitAll
class StatementsView extends Screen {

    private static final long serialVersionUID = 1L;

    private final transient StatementsApi statements;

    StatementsView(Viewer viewer, StatementsApi statements) {
        super("Statements", viewer);
        this.statements = statements;
    }

    /** The list is not kept up to date by every call; what is opened is. */
    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "statement", "tenant");
    }

    @Override
    protected void refresh() {
        show();
    }

    @Override
    protected void show() {
        List<StatementView.Summary> months = statements.list(scope().tenantId());
        removeAll();
        add(new PageHead("Statements").under("What each tenant owes for a month of its own calendar, down to the single row."), panel(months));
    }

    private Panel panel(List<StatementView.Summary> months) {
        var panel = new Panel("Months").hint(months.isEmpty() ? null : String.valueOf(months.size()));
        if (months.isEmpty()) {
            return panel.wide(new EmptyState(
                    Icon.STATEMENT,
                    "No statements yet",
                    "The first call or the first slice of a month begins its statement. It is a draft as long as the month moves."));
        }
        var table = new Table<StatementView.Summary>("Statements", "")
                .sorted(address(), this::remember)
                .column("Month", this::month).by(StatementView.Summary::month)
                .column("Tenant", each -> Cells.text(each.tenantName())).by(StatementView.Summary::tenantName)
                .column("State", "minor", each -> state(each.state()))
                .column("Exactly", "num minor", each -> Cells.quiet(Amounts.exactly(each.exact().picoUnits(), each.exact().currency())))
                .number("Amount", each -> Cells.money(each.billed())).by(each -> each.billed().picoUnits());
        table.show(months);
        return panel.wide(table);
    }

    private Component month(StatementView.Summary summary) {
        return Markup.of("span", "", new Link(
                        Lines.month(summary.month()),
                        address().to(Destination.Paths.STATEMENTS + "/" + summary.tenant() + "/" + summary.month()))
                .css("strong")
                .label(Lines.month(summary.month()) + " of " + summary.tenantName()));
    }

    static Component state(StatementView.State state) {
        return switch (state) {
            case DRAFT -> Badge.bare(Tone.OFF, "Draft");
        };
    }
}

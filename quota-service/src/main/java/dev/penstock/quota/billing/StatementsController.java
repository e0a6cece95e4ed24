package dev.penstock.quota.billing;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.StatementRows;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StatementsController implements StatementsApi {

    /** Nothing was used before, and calendars are whole quarter hours since. */
    private static final YearMonth FIRST = YearMonth.of(2000, 1);

    private static final YearMonth LAST = YearMonth.of(2999, 12);

    private final Access access;
    private final Statements statements;
    private final LineRows rows;

    StatementsController(Access access, Statements statements, LineRows rows) {
        this.access = access;
        this.statements = statements;
        this.rows = rows;
    }

    @Override
    @Audited(action = "statement.list", subject = "statement")
    public List<StatementView.Summary> list(@Nullable TenantId tenant) {
        access.requirePerson();
        if (tenant != null) {
            access.requireStatementReader(tenant);
            return statements.months(Set.of(tenant));
        }
        return statements.months(access.seesAllTenants() ? null : access.ownedTenants());
    }

    @Override
    @Audited(action = "statement.read", subject = "statement", id = "month")
    public StatementView get(TenantId tenant, YearMonth month) {
        access.requireStatementReader(tenant);
        return statements.draft(tenant, plausible(month));
    }

    @Override
    @Audited(action = "statement.read", subject = "statement", id = "month")
    public StatementRows rows(TenantId tenant, YearMonth month, String line, @Nullable String cursor) {
        access.requireStatementReader(tenant);
        return rows.page(tenant, plausible(month), LineKey.of(line), cursor);
    }

    private static YearMonth plausible(YearMonth month) {
        if (month.isBefore(FIRST) || month.isAfter(LAST)) {
            throw new ProblemException(Problem.INVALID_INPUT, "month: from " + FIRST + " to " + LAST + ".");
        }
        return month;
    }
}

package dev.penstock.standalone.demo;

import dev.penstock.contract.Money;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.StatementRows;
import dev.penstock.contract.quota.StatementView;
import java.math.BigInteger;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finance reads the month: the statement is the sum of its rows, to the last unit. */
final class BooksAct implements Act {

    /** A draft moves while slices run: what is compared is a month that stood still meanwhile. */
    private static final Duration STANDS_STILL = Duration.ofSeconds(60);

    private final Cast cast;

    BooksAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("finance opens the month and adds up its rows", this::statement);
    }

    private String statement() {
        Cast.Home home = cast.home.get();
        YearMonth month = YearMonth.now(cast.clock.withZone(ZoneId.of(home.timeZone())));
        Reading reading = Patience.until("the month stands still while it is read", STANDS_STILL, () -> read(home.tenant(), month), Reading::still, Reading::toString);
        StatementView statement = reading.before();
        Unexpected.unlessSame("the sum of the rows", statement.exact(), reading.rows());
        Unexpected.unlessSame("the sum of the lines", statement.exact(), sum(statement, statement.lines().stream().map(StatementView.Line::exact)));
        Unexpected.unlessSame("billed and rounding", statement.exact(), statement.billed().plus(statement.rounding()));
        Unexpected.unlessSame("balanced with the ledger", true, statement.balanced());
        return statement.lines().size() + " lines, " + Words.of(statement.exact()) + " = the sum of " + reading.count() + " rows = the ledger's account; billed "
                + Words.of(statement.billed());
    }

    /** A statement, what its rows add up to, and whether it was the same afterwards. */
    private record Reading(StatementView before, Money rows, long count, Money after) {

        boolean still() {
            return before.exact().equals(after);
        }
    }

    private Reading read(TenantId tenant, YearMonth month) {
        StatementView before = cast.finance.statements().get(tenant, month);
        // A call stands behind a line for each kind of its tokens, and every time with all it cost: it counts once.
        Map<Object, BigInteger> costs = new HashMap<>();
        for (StatementView.Line line : before.lines()) {
            String cursor = null;
            do {
                StatementRows rows = cast.finance.statements().rows(tenant, month, line.id(), cursor);
                rows.calls().forEach(call -> costs.put(List.of(call.call(), call.attempt()), call.cost().picoUnits()));
                rows.slices().forEach(time -> costs.put(List.of(time.slice(), time.phase(), time.from()), time.cost().picoUnits()));
                cursor = rows.next();
            } while (cursor != null);
        }
        return new Reading(before, new Money(costs.values().stream().reduce(BigInteger.ZERO, BigInteger::add), before.currency()), costs.size(), cast.finance.statements().get(tenant, month).exact());
    }

    private static Money sum(StatementView statement, Stream<Money> amounts) {
        return amounts.reduce(Money.zero(statement.currency()), Money::plus);
    }
}

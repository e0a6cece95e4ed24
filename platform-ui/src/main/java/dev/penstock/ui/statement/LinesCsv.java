package dev.penstock.ui.statement;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.ui.base.Csv;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** The lines as RFC 4180 text, for spreadsheets: amounts with all their digits. */
final class LinesCsv {

    private static final String HEADER =
            "month,tenant,project,kind,sku,meter,price_version,quantity,unit_price,exact,billed,currency,rows\r\n";
    private static final int DECIMALS = 12;

    private LinesCsv() {}

    static String of(StatementView statement) {
        return statement.lines().stream().map(line -> line(statement, line)).collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(StatementView statement, StatementView.Line line) {
        return Csv.line(
                statement.month(), statement.tenantName(), line.projectName(), line.kind(), line.sku(), line.meter(),
                line.priceVersion(), line.quantity(), new BigDecimal(line.unitPrice(), DECIMALS), amount(line.exact()), amount(line.billed()),
                line.exact().currency(), line.rows());
    }

    private static BigDecimal amount(Money money) {
        return new BigDecimal(money.picoUnits(), DECIMALS);
    }
}

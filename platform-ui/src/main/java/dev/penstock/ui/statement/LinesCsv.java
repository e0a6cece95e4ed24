package dev.penstock.ui.statement;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.StatementView;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        return Stream.of(
                        statement.month(), statement.tenantName(), line.projectName(), line.kind(), line.sku(), line.meter(),
                        line.priceVersion(), line.quantity(), new BigDecimal(line.unitPrice(), DECIMALS), amount(line.exact()), amount(line.billed()),
                        line.exact().currency(), line.rows())
                .map(LinesCsv::field)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static BigDecimal amount(Money money) {
        return new BigDecimal(money.picoUnits(), DECIMALS);
    }

    /** A name that begins like a formula would be run as one by the spreadsheet of whoever opens the file; an apostrophe keeps it text. */
    static String field(@Nullable Object value) {
        String text = value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, "");
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

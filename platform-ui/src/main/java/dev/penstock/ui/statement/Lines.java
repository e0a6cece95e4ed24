package dev.penstock.ui.statement;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How lines of a statement are called and counted. */
final class Lines {

    private static final BigDecimal SECONDS_OF_AN_HOUR = BigDecimal.valueOf(3_600);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);

    private Lines() {}

    static String month(YearMonth month) {
        return MONTH.format(month);
    }

    static String what(StatementView.Line line) {
        return switch (line.meter()) {
            case INPUT -> "Input tokens";
            case CACHE_READ -> "Input tokens from the cache";
            case CACHE_WRITE -> "Input tokens kept in the cache";
            case OUTPUT -> "Output tokens";
            case SLICE_SECOND -> "Slice " + line.sku();
        };
    }

    /** Hours to the hundredth, or tokens rounded for reading; the exact number on hover. */
    static Component quantity(StatementView.Line line) {
        if (line.meter() != BilledMeter.SLICE_SECOND) {
            return Cells.rounded(line.quantity());
        }
        BigDecimal hours = new BigDecimal(line.quantity()).divide(SECONDS_OF_AN_HOUR, 2, RoundingMode.HALF_UP);
        return Markup.of("span", "num", Markup.plain(String.format(Locale.ENGLISH, "%,.2f", hours)), Markup.text("small", "", "h"))
                .hover(exactQuantity(line));
    }

    static String exactQuantity(StatementView.Line line) {
        return Quantities.count(line.quantity()) + (line.meter() == BilledMeter.SLICE_SECOND ? " seconds" : " tokens");
    }

    /** As people quote it: an hour of a slice, a million tokens. */
    static Component price(StatementView.Line line) {
        String currency = line.exact().currency();
        boolean slice = line.meter() == BilledMeter.SLICE_SECOND;
        String words = slice ? Amounts.of(Amounts.perHour(line.unitPrice()), currency) : Amounts.perMillion(line.unitPrice(), currency);
        return Markup.of("span", "num", Markup.plain(words), Markup.text("small", "", slice ? "/h" : "/M"))
                .hover(Amounts.exactly(line.unitPrice(), currency) + (slice ? " a second" : " a token"));
    }

    /** Every row is priced by itself, so that the rows of a line add up to its exact amount. */
    static BigInteger cost(StatementView.Line line, long quantity) {
        return BigInteger.valueOf(quantity).multiply(line.unitPrice());
    }
}

package dev.penstock.quota.usage;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Call rows as RFC 4180 text, for spreadsheets. Amounts are exact, with all twelve decimals. Pure. */
final class CallCsv {

    static final String HEADER = "time,call,attempt,tenant,project,project_name,key,key_name,person,endpoint,model,status,estimated,"
            + "input,cache_read,cache_write,output,price_version,cost,currency,duration_ms,first_token_ms,upstream,upstream_version,data_class,asked_as,asked_for,steered_by,reasoning\r\n";

    private CallCsv() {}

    static String line(CallRow row) {
        Egress left = row.egress();
        Steered steered = row.steered();
        return Stream.of(
                        row.at(), row.call(), row.attempt(), row.tenant(), row.project(), row.projectName(), row.key(), row.keyName(), row.person(),
                        row.endpoint(), row.model(), row.status(), row.estimated(), row.input(), row.cacheRead(), row.cacheWrite(), row.output(),
                        row.priceVersion(), amount(row.cost()), row.cost().currency(), row.durationMs(), row.firstTokenMs(),
                        left == null ? null : left.upstream(), left == null ? null : left.version(), left == null ? null : left.dataClass(),
                        left == null ? null : left.askedAs(), steered == null ? null : steered.asked(), steered == null ? null : steered.why(), row.reasoning())
                .map(CallCsv::field)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    static String amount(Money money) {
        return new BigDecimal(money.picoUnits(), Money.PICO_DIGITS).toPlainString();
    }

    /** A name that begins like a formula would be run as one by the spreadsheet of whoever opens the file; an apostrophe keeps it text. */
    private static String field(@Nullable Object value) {
        String text = Objects.toString(value, "");
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && value instanceof String && !text.equals(number(text))) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static @Nullable String number(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?") ? text : null;
    }
}

package dev.penstock.ui.base;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The numbers of a chart as RFC 4180 text, exactly, for spreadsheets. Pure. */
final class ChartCsv {

    private ChartCsv() {}

    static String of(ChartData data) {
        var lines = new ArrayList<String>();
        lines.add(line("Time", data.series().stream().map(ChartData.Series::name).toList()));
        IntStream.range(0, data.labels().size()).forEach(at -> lines.add(line(
                data.labels().get(at),
                data.series().stream().map(series -> number(data.unit(), series.values().get(at))).toList())));
        return String.join("", lines);
    }

    private static String line(String first, List<String> others) {
        return quoted(first) + others.stream().map(ChartCsv::quoted).map(each -> "," + each).collect(Collectors.joining()) + "\r\n";
    }

    private static String number(Unit unit, @Nullable BigInteger value) {
        if (value == null) {
            return "";
        }
        BigDecimal exact = unit.plotted(value).stripTrailingZeros();
        return exact.toPlainString();
    }

    /** A name that begins like a formula would be run as one by the spreadsheet of whoever opens the file; an apostrophe keeps it text. */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !text.matches("-?[0-9.]+") ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}

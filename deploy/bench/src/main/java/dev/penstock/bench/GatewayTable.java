package dev.penstock.bench;

import dev.penstock.bench.measure.Ratios;
import dev.penstock.bench.subject.Direct;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A row for each subject: of one round, or the medians of several. */
final class GatewayTable {

    private static final int NAME = 22;
    private static final String NONE = "–";

    private static final List<Column> COLUMNS = List.of(
            new Column("calls/s", "%,.0f", each(Measured::callsPerSecond)),
            new Column("CPU µs/call", "%.1f", each(Measured::microsACall)),
            new Column("PostgreSQL µs/call", "%.1f", each(Measured::postgresMicrosACall)),
            new Column("CPU µs/chunk", "%.1f", each(Measured::microsAChunk)),
            new Column("p50 µs", "%.0f", each(Measured::p50Micros)),
            new Column("p99 µs", "%.0f", each(Measured::p99Micros)),
            new Column("added p50", "%.0f", added(Measured::p50Micros)),
            new Column("added p99", "%.0f", added(Measured::p99Micros)),
            new Column("core 0 busy %", "%.0f", each(measured -> 100 * measured.share())),
            new Column("stolen %", "%.0f", each(measured -> 100 * measured.stolen())),
            new Column("books behind s", "%.1f", each(Measured::behindSeconds)));

    private record Column(String title, String format, Cell cell) {

        String value(String subject, List<Map<String, Measured>> rounds) {
            List<Double> values = rounds.stream().map(round -> cell.of(subject, round)).filter(value -> !value.isNaN()).toList();
            return padded(values.isEmpty() ? NONE : String.format(Locale.ROOT, format, Ratios.of(values).median()));
        }

        String padded(String content) {
            return ("%" + (title.length() + 2) + "s").formatted(content);
        }
    }

    private interface Cell {

        /** NaN: there is none. */
        double of(String subject, Map<String, Measured> round);
    }

    private GatewayTable() {}

    static String of(List<Map<String, Measured>> rounds) {
        StringBuilder table = new StringBuilder(" ".repeat(NAME));
        COLUMNS.forEach(column -> table.append(column.padded(column.title())));
        table.append('\n');
        for (String subject : rounds.getFirst().keySet()) {
            table.append(("%-" + NAME + "s").formatted(subject));
            COLUMNS.forEach(column -> table.append(column.value(subject, rounds)));
            table.append('\n');
        }
        rounds.forEach(round -> round.forEach((subject, measured) -> measured.flaws().forEach(
                flaw -> table.append(String.format(Locale.ROOT, "! %s: %s%n", subject, flaw)))));
        return table.toString();
    }

    private static Cell each(ToDoubleFunction<Measured> figure) {
        return (subject, round) -> of(round, subject, figure);
    }

    /** Beyond what the upstream, the generator and the machine take by themselves in the same round. */
    private static Cell added(ToDoubleFunction<Measured> figure) {
        return (subject, round) -> subject.equals(Direct.NAME) ? Double.NaN : of(round, subject, figure) - of(round, Direct.NAME, figure);
    }

    private static double of(Map<String, Measured> round, String subject, ToDoubleFunction<Measured> figure) {
        Measured measured = round.get(subject);
        return measured == null ? Double.NaN : figure.applyAsDouble(measured);
    }
}

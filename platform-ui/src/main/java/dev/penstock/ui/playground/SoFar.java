package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.Money;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each model took and cost in this conversation. */
final class SoFar {

    private record Line(String model, List<Turn> turns) {

        private Stream<Booked> books() {
            return turns.stream().map(Turn::booked).filter(Objects::nonNull);
        }

        private long prompt() {
            return books().mapToLong(Booked::prompt).sum();
        }

        private long completion() {
            return books().mapToLong(Booked::completion).sum();
        }

        private @Nullable Money cost() {
            return books().map(Booked::cost).reduce(Money::plus).orElse(null);
        }

        private @Nullable Duration firstToken() {
            return median(turns.stream().map(turn -> turn.measured().firstToken()).filter(Objects::nonNull).sorted().toList());
        }

        /** Of all that was written, in all the time it took. */
        private @Nullable String speed() {
            List<Turn> written = turns.stream().filter(turn -> turn.booked() != null && turn.measured().writing() != null).toList();
            long tokens = written.stream().mapToLong(turn -> Objects.requireNonNull(turn.booked()).completion() - 1).sum();
            return Quantities.perSecond(tokens, written.stream().map(turn -> Objects.requireNonNull(turn.measured().writing())).reduce(Duration.ZERO, Duration::plus));
        }
    }

    private SoFar() {}

    /** Null before anything was booked. */
    static @Nullable Panel of(List<Turn> turns) {
        if (turns.stream().allMatch(turn -> turn.booked() == null)) {
            return null;
        }
        Map<String, List<Turn>> byModel = turns.stream().filter(Turn::isOver).collect(Collectors.groupingBy(Turn::model, LinkedHashMap::new, Collectors.toList()));
        var table = new Table<Line>("What each model took and cost", "")
                .column("Model", line -> Markup.text("span", "swatch cat " + Category.css(line.model()), line.model()))
                .number("Answers", line -> Markup.plain(Quantities.count(line.books().count())))
                .number("First token, median", line -> seconds(line.firstToken()))
                .number("Tokens/s", line -> Cells.text(line.speed()))
                .column("Tokens in", "num minor", line -> Markup.plain(Quantities.count(line.prompt())))
                .column("Tokens out", "num minor", line -> Markup.plain(Quantities.count(line.completion())))
                .number("Cost", line -> cost(line.cost()));
        table.show(byModel.entrySet().stream().map(each -> new Line(each.getKey(), each.getValue())).toList());
        return new Panel("So far").hint("tokens and cost as booked; speed as it arrived here").wide(table);
    }

    /** For example {@code 809 tokens so far in this conversation, €0.0022}; empty before anything was booked. */
    static String words(List<Turn> turns) {
        List<Booked> books = turns.stream().map(Turn::booked).filter(Objects::nonNull).toList();
        if (books.isEmpty()) {
            return "";
        }
        long tokens = books.stream().mapToLong(each -> Math.addExact(each.prompt(), each.completion())).sum();
        String currency = books.getFirst().cost().currency();
        BigInteger cost = books.stream().map(each -> each.cost().picoUnits()).reduce(BigInteger.ZERO, BigInteger::add);
        return Quantities.count(tokens, "token", "tokens") + " so far in this conversation, " + Amounts.of(cost, currency);
    }

    private static Component seconds(@Nullable Duration time) {
        return time == null ? Cells.quiet(null) : Markup.of("span", "").words(Quantities.seconds(time)).with(Markup.text("small", "", "s"));
    }

    private static Component cost(@Nullable Money cost) {
        return cost == null ? Cells.quiet(null) : Cells.money(cost);
    }

    private static @Nullable Duration median(List<Duration> sorted) {
        if (sorted.isEmpty()) {
            return null;
        }
        Duration upper = sorted.get(sorted.size() / 2);
        return sorted.size() % 2 == 1 ? upper : upper.plus(sorted.get(sorted.size() / 2 - 1)).dividedBy(2);
    }
}

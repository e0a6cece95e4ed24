package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Call rows are read the same on every screen. */
public final class CallCells {

    private static final int LEAST_ERROR = 400;
    private static final int BEGINNING = 4;
    private static final int END = 6;

    private CallCells() {}

    public static Component time(CallRow row) {
        return Moment.exactly(row.at(), PersonTime.dayAndTime(row.at()) + PersonTime.clock(row.at()).substring(5));
    }

    /** Short, with all of it on hover; further attempts say so. */
    public static Component id(CallRow row) {
        String id = row.call().toString();
        String attempt = row.attempt() == 0 ? "" : " #" + row.attempt();
        return Markup.text("span", "mono", id.substring(0, BEGINNING) + "…" + id.substring(id.length() - END) + attempt).hover(id + attempt);
    }

    /** Which key called, or which person. */
    public static Component caller(CallRow row) {
        String key = row.keyName();
        return key != null ? Cells.text(key) : Cells.quiet(row.person());
    }

    public static Component status(CallRow row) {
        String status = String.valueOf(row.status());
        return row.status() < LEAST_ERROR ? Markup.text("span", "num", status) : Badge.bare(row.status() == 499 ? Tone.OFF : Tone.BAD, status);
    }

    /** Which model answered, instead of which other, and where if that was not in the house. */
    public static Component model(CallRow row) {
        Egress left = row.egress();
        Steered steered = row.steered();
        if (left == null && steered == null) {
            return Cells.text(row.model());
        }
        Markup cell = Markup.of("span", "", Markup.text("span", "", row.model()));
        if (steered != null) {
            cell.add(Markup.text("span", "sub wraps", (steered.asked().equals(row.model()) ? "" : "asked for " + steered.asked() + "; ") + steered.why()));
        }
        if (left != null) {
            cell.add(Markup.text("span", "sub", "left to " + left.upstream() + ", " + DataClasses.word(left.dataClass()))
                    .hover("asked as " + left.askedAs() + "; version " + left.version() + " of " + left.upstream()));
        }
        return cell;
    }

    /** How many there are, and whether there were more that are archived. */
    public static Component rows(String count, @Nullable Instant archivedBefore) {
        return Markup.text("span", "", archivedBefore == null ? count : count + ". Single calls before " + PersonTime.exact(archivedBefore) + " are archived.");
    }

    public static long tokens(CallRow row) {
        return Math.addExact(prompt(row), row.output());
    }

    public static long cached(CallRow row) {
        return Math.addExact(row.cacheRead(), row.cacheWrite());
    }

    /** All that the model read, also what it had read before. */
    public static long prompt(CallRow row) {
        return Math.addExact(row.input(), cached(row));
    }

    /** With how much of it was reasoning, where the engine said so. */
    public static Component output(CallRow row) {
        String output = Quantities.count(row.output());
        return row.reasoning() == 0
                ? Markup.text("span", "num", output)
                : Markup.of("span", "num", Markup.text("span", "", output), Markup.text("span", "sub", Quantities.count(row.reasoning()) + " reasoning"));
    }

    /** Until the first word came; nothing where the answer was not streamed. */
    public static Component firstToken(CallRow row) {
        Integer first = row.firstTokenMs();
        return first == null
                ? Cells.quiet(null)
                : Markup.text("span", "num", Quantities.seconds(Duration.ofMillis(first)) + " s").hover(Quantities.count(first) + " ms of " + Quantities.count(row.durationMs()) + " ms");
    }

    /** Tokens after the first, in the time after the first; nothing where nobody counted. */
    public static Component speed(CallRow row) {
        Integer first = row.firstTokenMs();
        return Cells.quiet(first == null || row.estimated() ? null : Quantities.perSecond(row.output() - 1, Duration.ofMillis(row.durationMs() - (long) first)));
    }

    /** As the service booked it: at the bound, where nobody told. */
    public static Component cost(CallRow row) {
        return row.estimated()
                ? Markup.of("span", "", Cells.money(row.cost()), Markup.text("small", "", "est.").hover("the engine did not report the tokens: taken at their upper bound"))
                : Cells.money(row.cost());
    }
}

package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import java.time.Duration;
import java.time.Instant;

/** A time as its distance from now, kept up to date by the browser, with the exact time on hover. */
public final class Moment {

    private Moment() {}

    /** For example {@code 6 min ago}. */
    public static Component ago(Instant time, Instant now) {
        return element("ago", time, Quantities.duration(Duration.between(time, now)) + " ago");
    }

    /** For example {@code 1 h 48 min}; {@code ended} from then on. */
    public static Component until(Instant time, Instant now) {
        return element("until", time, time.isAfter(now) ? Quantities.duration(Duration.between(now, time)) : "ended");
    }

    /** How long something has been going on. */
    public static Component since(Instant time, Instant now) {
        return element("since", time, Quantities.duration(Duration.between(time, now)));
    }

    /** How long after another time something happened, for example {@code +3.2 s}; the exact time on hover. */
    public static Component after(Instant before, Instant time) {
        Duration after = Duration.between(before, time);
        if (after.toMillis() < 100) {
            return exactly(time, "at once");
        }
        return exactly(time, "+" + (after.toSeconds() < 10 ? after.toMillis() / 1000 + "." + after.toMillis() % 1000 / 100 + " s" : Quantities.duration(after)));
    }

    /** Not relative: in a row of an exact log. */
    public static Component exactly(Instant time, String shown) {
        return element("fixed", time, shown);
    }

    private static Component element(String mode, Instant time, String shown) {
        return Markup.text("time", "num", shown)
                .attribute("datetime", time.toString())
                .attribute("data-mode", mode)
                .hover(PersonTime.exact(time));
    }
}

package dev.penstock.ui.playground;

import dev.penstock.ui.base.Quantities;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast an answer came, as it arrived at the portal.
 *
 * @param firstToken from sending to the first words; null: none came
 * @param lastToken the same to the last ones
 * @param whole until the end; null: it goes on
 */
record Measured(@Nullable Duration firstToken, @Nullable Duration lastToken, @Nullable Duration whole) {

    static final Measured NOTHING = new Measured(null, null, null);

    Measured and(Heard heard) {
        return new Measured(
                firstToken == null ? heard.first() : firstToken, heard.last() == null ? lastToken : heard.last(), heard.took() == null ? whole : heard.took());
    }

    /** Tokens a second while it was writing: those after the first, in the time after the first. Null where that says nothing. */
    @Nullable String speed(long tokens) {
        Duration time = writing();
        return time == null ? null : Quantities.perSecond(tokens - 1, time);
    }

    @Nullable Duration writing() {
        return firstToken == null || lastToken == null ? null : lastToken.minus(firstToken);
    }
}

package dev.penstock.ui.fleet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much a GPU works, as far as colours tell it. */
enum UseBand {
    UNKNOWN("not known", 0),
    NONE("under 5 %", 0),
    LITTLE("5 to 25 %", 0.05),
    HALF("25 to 60 %", 0.25),
    MUCH("60 % and more", 0.6);

    private final String title;
    private final double from;

    UseBand(String title, double from) {
        this.title = title;
        this.from = from;
    }

    /** @param share of the time; null: not known, which is not nought */
    static UseBand of(@Nullable Double share) {
        if (share == null) {
            return UNKNOWN;
        }
        UseBand band = NONE;
        for (UseBand each : values()) {
            band = share >= each.from && each != UNKNOWN ? each : band;
        }
        return band;
    }

    String title() {
        return title;
    }

    String css() {
        return "use use-" + name().toLowerCase(Locale.ROOT);
    }
}

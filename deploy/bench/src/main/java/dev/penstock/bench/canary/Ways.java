package dev.penstock.bench.canary;

import java.util.Locale;

/** How an engine behaves. Each is a model of its own. */
public enum Ways {
    SOUND,
    SLOW,
    VECTORS,
    /** Puts documents into an order. */
    RANKS,
    FAILING(500, 502, 503, 504, 529),
    REFUSING(400),
    /** A stream may have begun. */
    CUTTING(200, 500, 502, 503, 504, 529),
    /** Some lies look like the truth. */
    LYING;

    private final Integer[] statuses;

    Ways(Integer... statuses) {
        this.statuses = statuses;
    }

    public String model() {
        return "canary-" + name().toLowerCase(Locale.ROOT);
    }

    /** What a caller may be answered; none: anything. */
    Integer[] statuses() {
        return statuses.clone();
    }

    static Ways of(String model) {
        return valueOf(model.substring("canary-".length()).toUpperCase(Locale.ROOT));
    }
}

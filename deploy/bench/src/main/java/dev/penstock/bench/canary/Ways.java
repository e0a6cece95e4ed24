package dev.penstock.bench.canary;

import dev.penstock.contract.quota.UpstreamDialect;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    LYING,
    /** Outside of the house, in OpenAI's dialect. */
    AWAY,
    AWAYFAILING(500, 502, 503, 504),
    /** Outside of the house, in Anthropic's dialect. */
    THEIRS,
    THEIRSFAILING(500, 502, 503, 504, 529);

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

    /** How its server is spoken to; null: it is an engine of ours. */
    public @Nullable UpstreamDialect outside() {
        return switch (this) {
            case AWAY, AWAYFAILING -> UpstreamDialect.OPENAI;
            case THEIRS, THEIRSFAILING -> UpstreamDialect.ANTHROPIC;
            default -> null;
        };
    }

    static Ways of(String model) {
        return valueOf(model.substring("canary-".length()).toUpperCase(Locale.ROOT));
    }
}

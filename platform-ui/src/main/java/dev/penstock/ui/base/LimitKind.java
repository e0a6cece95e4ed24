package dev.penstock.ui.base;

import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a limit counts over which time, in the units people use: millions of tokens, whole currency, GPU-hours.
 *
 * @param profile of slices; null otherwise
 * @param models the only ones that count; null: all
 */
public record LimitKind(Meter meter, Window window, @Nullable String profile, @Nullable List<String> models) {

    /** Longest times first: those are agreed on; short ones keep peaks off. */
    private static final List<Window> WINDOWS = List.of(Window.MONTH, Window.DAY, Window.HOUR, Window.MINUTE, Window.LIFE);

    public LimitKind {
        models = models == null ? null : models.stream().sorted().toList();
    }

    /** For all models. */
    public LimitKind(Meter meter, Window window, @Nullable String profile) {
        this(meter, window, profile, null);
    }

    public static LimitKind of(LimitView limit) {
        return new LimitKind(limit.meter(), limit.window(), limit.profile(), limit.models());
    }

    /** @param only empty: all models */
    public LimitKind onlyFor(Collection<String> only) {
        return new LimitKind(meter, window, profile, only.isEmpty() ? null : List.copyOf(only));
    }

    public static LimitKind slices(String profile) {
        return new LimitKind(Meter.SLICES, Window.NOW, profile);
    }

    public static LimitKind gpuTime() {
        return new LimitKind(Meter.GPU_TIME, Window.MONTH, null);
    }

    /** All that count calls. */
    public static List<LimitKind> ofCalls() {
        var kinds = new ArrayList<LimitKind>();
        for (Meter meter : List.of(Meter.MONEY, Meter.TOKENS, Meter.TOKENS_INPUT, Meter.TOKENS_OUTPUT, Meter.REQUESTS)) {
            WINDOWS.forEach(window -> kinds.add(new LimitKind(meter, window, null)));
        }
        kinds.add(new LimitKind(Meter.CONCURRENCY, Window.NOW, null));
        return List.copyOf(kinds);
    }

    /** For example {@code Tokens a month for summarise-7b}, {@code Slices of h100-80.1g.10gb}. */
    public String title() {
        return models == null ? counting() : counting() + " for " + String.join(", ", models);
    }

    private String counting() {
        return switch (meter) {
            case SLICES -> "Slices of " + profile;
            case GPU_TIME -> "GPU-hours" + each();
            case REQUESTS -> "Calls" + each();
            case TOKENS_INPUT -> "Input tokens" + each();
            case TOKENS_OUTPUT -> "Output tokens" + each();
            case TOKENS -> "Tokens" + each();
            case MONEY -> "Spend" + each();
            case CONCURRENCY -> "Calls at a time";
        };
    }

    private String each() {
        return switch (window) {
            case NOW -> "";
            case MINUTE -> " a minute";
            case HOUR -> " an hour";
            case DAY -> " a day";
            case MONTH -> " a month";
            case LIFE -> " in all";
        };
    }

    /** What counts against it, in words. */
    public String counted() {
        return meter.countsCalls() ? "call" : "slice";
    }

    /** In which unit it is written. */
    public MeterUnit unit() {
        return new MeterUnit(meter);
    }
}

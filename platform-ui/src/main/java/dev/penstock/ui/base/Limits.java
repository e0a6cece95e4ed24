package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Window;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How limits are called and counted. */
public final class Limits {

    /** Those without an amount last. */
    public static final Comparator<LimitView> NEAREST_FIRST = Comparator.comparing(
            (LimitView limit) -> {
                Long amount = limit.amount();
                return amount == null ? -1 : Quantities.percent(limit.used() + limit.setAside(), amount);
            },
            Comparator.reverseOrder());

    private Limits() {}

    /** Whose it is. */
    public static String owner(LimitView limit) {
        String project = limit.projectName();
        return project == null ? limit.tenantName() : project;
    }

    /** For example {@code GPU-hours this month}, {@code slices of h100-80.1g.10gb}. */
    public static String name(LimitView limit) {
        return switch (limit.meter()) {
            case SLICES -> "slices of " + limit.profile();
            case GPU_TIME -> "GPU-hours" + (limit.window() == Window.MONTH ? " this month" : "");
        };
    }

    /** An amount in the limit's own unit, without the unit. */
    public static String amount(LimitView limit, long value) {
        return switch (limit.meter()) {
            case SLICES -> Quantities.count(value);
            case GPU_TIME -> Quantities.gpuHours(new GpuTime(value));
        };
    }

    /** For example {@code 14 of 20}; set aside counts as used. */
    public static String usedOf(LimitView limit) {
        Long amount = limit.amount();
        return amount(limit, limit.used() + limit.setAside()) + (amount == null ? ", no limit" : " of " + amount(limit, amount));
    }

    /** Slices that are held are in use, though the service may still get them back. */
    public static Component gauge(LimitView limit, long amount) {
        boolean held = limit.window() == Window.NOW;
        return Gauge.of(
                held ? limit.used() + limit.setAside() : limit.used(),
                held ? 0 : limit.setAside(),
                amount,
                limit.softPercent(),
                owner(limit) + ", " + name(limit));
    }

    public static @Nullable String left(LimitView limit) {
        Long amount = limit.amount();
        return amount == null ? null : amount(limit, Math.max(0, amount - limit.used() - limit.setAside()));
    }
}

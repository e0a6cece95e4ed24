package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How limits are called and counted. */
public final class Limits {

    /** Those without an amount last. */
    public static final Comparator<LimitView> NEAREST_FIRST = Comparator.comparing(
            (LimitView limit) -> {
                BigInteger amount = limit.amount();
                return amount == null ? -1 : Quantities.percent(limit.taken(), amount);
            },
            Comparator.reverseOrder());

    private static final int PICO_DIGITS = 12;

    private Limits() {}

    /** Whose it is. */
    public static String owner(LimitView limit) {
        String key = limit.keyName();
        String project = limit.projectName();
        return key != null ? key : project == null ? limit.tenantName() : project;
    }

    /** For example {@code GPU-hours this month}, {@code slices of h100-80.1g.10gb}. */
    public static String name(LimitView limit) {
        return switch (limit.meter()) {
            case SLICES -> "slices of " + limit.profile();
            case GPU_TIME -> "GPU-hours" + within(limit.window());
            case REQUESTS -> "calls" + within(limit.window());
            case TOKENS_INPUT -> "input tokens" + within(limit.window());
            case TOKENS_OUTPUT -> "output tokens" + within(limit.window());
            case TOKENS -> "tokens" + within(limit.window());
            case MONEY -> "spend" + within(limit.window());
            case CONCURRENCY -> "calls at a time";
        };
    }

    private static String within(Window window) {
        return switch (window) {
            case NOW -> "";
            case MINUTE -> " this minute";
            case HOUR -> " this hour";
            case DAY -> " today";
            case MONTH -> " this month";
            case LIFE -> " in all";
        };
    }

    /** An amount in the limit's own unit, without the unit. */
    public static String amount(LimitView limit, BigInteger value) {
        return switch (limit.meter()) {
            case SLICES, REQUESTS, CONCURRENCY -> Quantities.count(value);
            case TOKENS_INPUT, TOKENS_OUTPUT, TOKENS -> Quantities.rounded(value);
            case GPU_TIME -> Quantities.gpuHours(new GpuTime(value.longValueExact()));
            case MONEY -> Quantities.decimals(new BigDecimal(value, PICO_DIGITS));
        };
    }

    /** For example {@code 14 of 20}; set aside counts as used. */
    public static String usedOf(LimitView limit) {
        BigInteger amount = limit.amount();
        return amount(limit, limit.taken()) + (amount == null ? ", no limit" : " of " + amount(limit, amount));
    }

    /** For a hover: the numbers behind {@link #usedOf}, with all their digits. */
    public static String exactly(LimitView limit) {
        BigInteger amount = limit.amount();
        return exactly(limit.meter(), limit.used()) + " used, " + exactly(limit.meter(), limit.setAside()) + " set aside"
                + (amount == null ? "" : ", limit " + exactly(limit.meter(), amount));
    }

    private static String exactly(Meter meter, BigInteger value) {
        return switch (meter) {
            case SLICES, REQUESTS, CONCURRENCY, TOKENS_INPUT, TOKENS_OUTPUT, TOKENS -> Quantities.count(value);
            case GPU_TIME -> Quantities.exactly(new GpuTime(value.longValueExact()));
            case MONEY -> new BigDecimal(value, PICO_DIGITS).stripTrailingZeros().toPlainString();
        };
    }

    /** Slices that are held are in use, though the service may still get them back. */
    public static Component gauge(LimitView limit, BigInteger amount) {
        boolean held = limit.window() == Window.NOW;
        return Gauge.of(
                held ? limit.taken() : limit.used(),
                held ? BigInteger.ZERO : limit.setAside(),
                amount,
                limit.softPercent(),
                owner(limit) + ", " + name(limit));
    }

    public static @Nullable String left(LimitView limit) {
        BigInteger amount = limit.amount();
        return amount == null ? null : amount(limit, amount.subtract(limit.taken()).max(BigInteger.ZERO));
    }
}

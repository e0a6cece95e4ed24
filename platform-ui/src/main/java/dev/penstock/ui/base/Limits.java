package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitWarning;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.contract.quota.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
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
        String person = limit.person();
        return key != null ? key : person != null ? person : project == null ? limit.tenantName() : project;
    }

    /** For example {@code GPU-hours this month}, {@code tokens today for summarise-7b}, {@code slices of h100-80.1g.10gb}. */
    public static String name(LimitView limit) {
        return limit.profile() == null ? name(limit.meter(), limit.window(), limit.models()) : "slices of " + limit.profile();
    }

    /** @param models null: all */
    public static String name(Meter meter, Window window, @Nullable List<String> models) {
        String counted = switch (meter) {
            case SLICES -> "slices";
            case GPU_TIME -> "GPU-hours" + within(window);
            case REQUESTS -> "calls" + within(window);
            case TOKENS_INPUT -> "input tokens" + within(window);
            case TOKENS_OUTPUT -> "output tokens" + within(window);
            case TOKENS -> "tokens" + within(window);
            case MONEY -> "spend" + within(window);
            case CONCURRENCY -> "calls at a time";
        };
        return models == null ? counted : counted + " for " + String.join(", ", models);
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
        return amount(limit.meter(), value);
    }

    /** The same. */
    public static String amount(Meter meter, BigInteger value) {
        return switch (meter) {
            case SLICES, REQUESTS, CONCURRENCY -> Quantities.count(value);
            case TOKENS_INPUT, TOKENS_OUTPUT, TOKENS -> Quantities.rounded(value);
            case GPU_TIME -> Quantities.gpuHours(new GpuTime(value.longValueExact()));
            case MONEY -> Quantities.decimals(new BigDecimal(value, PICO_DIGITS));
        };
    }

    /** For example {@code 14 of 20}; set aside counts as used. */
    public static String usedOf(LimitView limit) {
        return takenOf(limit, limit.amount()) + beyond(limit);
    }

    /** For example {@code 1.7 M of 2 M tokens today for summarise-7b, warns only}. */
    public static String sentence(LimitView limit) {
        return takenOf(limit, limit.amount()) + " " + name(limit) + beyond(limit);
    }

    private static String takenOf(LimitView limit, @Nullable BigInteger amount) {
        return amount(limit, limit.taken()) + (amount == null ? "" : " of " + amount(limit, amount));
    }

    private static String beyond(LimitView limit) {
        return limit.amount() == null ? ", no limit" : limit.hard() ? "" : ", warns only";
    }

    /** For a hover: the numbers behind {@link #usedOf}, with all their digits. */
    public static String exactly(LimitView limit) {
        BigInteger amount = limit.amount();
        return exactly(limit.meter(), limit.used()) + " used, " + exactly(limit.meter(), limit.setAside()) + " set aside"
                + (amount == null ? "" : ", " + (limit.hard() ? "limit " : "warns at ") + exactly(limit.meter(), amount));
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
                limit.hard(),
                owner(limit) + ", " + name(limit) + (limit.hard() ? "" : ", warns only"));
    }

    /** Whether its use has passed the mark, or nearly all of it is used. */
    public static boolean isNear(LimitView limit) {
        BigInteger amount = limit.amount();
        return !limit.warnings().isEmpty() || amount != null && Gauge.near(limit.taken(), amount, limit.softPercent());
    }

    /** The highest threshold that was passed, in words; empty where none was. */
    public static String warned(LimitView limit) {
        return limit.warnings().stream()
                .max(Comparator.comparing(LimitWarning::percent))
                .map(last -> "passed " + (last.percent() == 100 ? "all of it" : last.percent() + " %") + " on " + PersonTime.exact(last.at()))
                .orElse("");
    }

    /** Whether the person should hear of it: what somebody else uses is for them, for owners and for administrators. */
    public static boolean concerns(LimitView limit, Me me) {
        return limit.person() == null || limit.person().equals(me.subject()) || Roles.isAdministrator(me) || owns(me, limit);
    }

    private static boolean owns(Me me, LimitView limit) {
        return me.tenants().stream()
                .filter(tenant -> tenant.id().equals(limit.tenant()))
                .anyMatch(tenant -> tenant.role() == TenantRole.OWNER || tenant.projects().stream()
                        .anyMatch(project -> project.id().equals(limit.project()) && project.role() == TenantRole.OWNER));
    }

    /** Those that a call of this model in a project counts against: of the tenant, the project and the person; keys have their own. */
    public static List<LimitView> ofCall(List<LimitView> limits, TenantId tenant, ProjectId project, String model, Me me) {
        return limits.stream()
                .filter(limit -> limit.tenant().equals(tenant) && limit.meter().countsCalls() && limit.key() == null)
                .filter(limit -> limit.project() == null || limit.project().equals(project))
                .filter(limit -> limit.person() == null || limit.person().equals(me.subject()))
                .filter(limit -> limit.models() == null || limit.models().contains(model))
                .sorted(NEAREST_FIRST)
                .toList();
    }

    public static @Nullable String left(LimitView limit) {
        BigInteger amount = limit.amount();
        return amount == null ? null : amount(limit, amount.subtract(limit.taken()).max(BigInteger.ZERO));
    }
}

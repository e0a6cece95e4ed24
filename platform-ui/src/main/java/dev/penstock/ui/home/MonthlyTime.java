package dev.penstock.ui.home;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.ui.base.Gauge;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Scope;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * This month's GPU time of what is looked at.
 *
 * @param amount the limit, or the sum of the tenants' limits
 */
record MonthlyTime(String owner, long used, long setAside, long amount, @Nullable Integer softPercent) {

    /**
     * Of a project: its own limit, otherwise its tenant's. Of everything: of all tenants that have one, added up; of the projects, where
     * no tenant has. Null where nothing is limited.
     */
    static @Nullable MonthlyTime of(List<LimitView> limits, Scope scope) {
        List<LimitView> time = limits.stream()
                .filter(limit -> limit.meter() == Meter.GPU_TIME && limit.amount() != null)
                .toList();
        List<LimitView> preferred = time.stream()
                .filter(limit -> (limit.project() == null) == scope.isEverything())
                .toList();
        List<LimitView> counted = preferred.isEmpty() ? time : preferred;
        if (counted.isEmpty()) {
            return null;
        }
        boolean one = counted.size() == 1;
        return new MonthlyTime(
                one ? Limits.owner(counted.getFirst()) : counted.getFirst().project() == null ? "all tenants" : "all projects",
                counted.stream().mapToLong(limit -> limit.used().longValueExact()).sum(),
                counted.stream().mapToLong(limit -> limit.setAside().longValueExact()).sum(),
                counted.stream().mapToLong(limit -> Objects.requireNonNull(limit.amount()).longValueExact()).sum(),
                one ? counted.getFirst().softPercent() : null);
    }

    void addTo(KeyFigures figures) {
        figures.metered(
                "GPU-hours of " + owner + " this month, of " + hours(amount),
                hours(used + setAside),
                Quantities.percent(used + setAside, amount) + " %",
                Gauge.of(used, setAside, amount, softPercent, "GPU-hours this month"),
                Markup.plain(hours(used) + " used · " + hours(setAside) + " set aside for running leases"));
    }

    private static String hours(long partSeconds) {
        return Quantities.gpuHours(new GpuTime(partSeconds));
    }
}

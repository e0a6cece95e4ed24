package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.util.List;

/** Limits with their meters, one under the other. */
public final class LimitRows extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public LimitRows(List<LimitView> limits) {
        super("div");
        addClassNames("stack", "tight");
        limits.forEach(this::add);
    }

    /** What is left of those that a slice of a profile in a project counts against. */
    public static Component ofSlice(List<LimitView> limits, ProjectId project, String profile) {
        List<LimitView> counting = limits.stream()
                .filter(limit -> limit.project() == null || limit.project().equals(project))
                .filter(limit -> limit.meter() == Meter.GPU_TIME || profile.equals(limit.profile()))
                .toList();
        return counting.isEmpty() ? Markup.text("p", "quiet", "No limit applies.") : new LimitRows(counting);
    }

    private void add(LimitView limit) {
        BigInteger amount = limit.amount();
        var line = Markup.of(
                        "div",
                        "limit",
                        Markup.of(
                                "div",
                                "row spread",
                                Markup.text("span", "", Limits.owner(limit) + ", " + Limits.name(limit)),
                                Markup.text("span", "num", Limits.usedOf(limit))));
        if (amount != null) {
            line.with(Limits.gauge(limit, amount));
        }
        String warned = Limits.warned(limit);
        if (!warned.isEmpty()) {
            line.with(Markup.text("span", "hint is-warn", warned));
        }
        add(line);
    }
}

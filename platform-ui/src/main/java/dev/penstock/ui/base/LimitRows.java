package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.LimitView;
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
        add(line);
    }
}

package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import org.jspecify.annotations.Nullable;

/** The few numbers that answer the first question; each with one comparison under it, never two. */
public final class KeyFigures extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public KeyFigures() {
        super("dl");
        addClassName("kpis");
    }

    /**
     * @param unit small and quiet after the number; empty for none
     * @param comparison null for none
     */
    public KeyFigures figure(String label, String number, String unit, @Nullable String comparison) {
        return figure("kpi", label, number(number, unit, null), null, comparison == null ? null : Markup.plain(comparison));
    }

    /** A number that the browser keeps up to date. */
    public KeyFigures figure(String label, Component number, String comparison) {
        return figure("kpi", label, Markup.of("dd", "", number), null, Markup.plain(comparison));
    }

    /** A wide one with a meter under the number. */
    public KeyFigures metered(String label, String number, String unit, Component gauge, @Nullable Component comparison) {
        return figure("kpi wide", label, number(number, unit, null), gauge, comparison);
    }

    /** A number that is a warning. */
    public KeyFigures warning(String label, String number, String unit, @Nullable String comparison) {
        return figure("kpi", label, number(number, unit, "is-warn"), null, comparison == null ? null : Markup.plain(comparison));
    }

    private static Component number(String number, String unit, @Nullable String css) {
        var shown = Markup.of("dd", css == null ? "" : css).words(number);
        return unit.isEmpty() ? shown : shown.words(" ").with(Markup.text("small", "", unit));
    }

    private KeyFigures figure(
            String css, String label, Component number, @Nullable Component gauge, @Nullable Component comparison) {
        var kpi = Markup.of("div", css, Markup.text("dt", "", label), number);
        if (gauge != null) {
            kpi.with(Markup.of("dd", "", gauge));
        }
        if (comparison != null) {
            kpi.with(Markup.of("dd", "hint", comparison));
        }
        add(kpi);
        return this;
    }
}

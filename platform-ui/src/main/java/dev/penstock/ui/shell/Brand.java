package dev.penstock.ui.shell;

import com.vaadin.flow.component.Svg;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;

/** Water held behind a gate, a measured stream leaving under it. */
final class Brand {

    private static final String MARK =
            """
            <svg viewBox="0 0 24 24" aria-hidden="true"><path class="water" d="M2 8.5h7.5v8H22V20H2z"/>\
            <path class="gate" d="M11.5 3h3.5v11h-3.5z"/></svg>""";

    private Brand() {}

    static Link link() {
        return new Link(Address.of(""), mark(), Markup.text("span", "", "Penstock")).css("brand").label("Penstock, home");
    }

    static Svg mark() {
        return new Svg(MARK);
    }
}

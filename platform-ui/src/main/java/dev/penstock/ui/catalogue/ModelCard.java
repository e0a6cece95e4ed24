package dev.penstock.ui.catalogue;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.offer.Offer;
import org.jspecify.annotations.Nullable;

/** A model at a glance. */
final class ModelCard extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** @param newEndpoint where to ask for one; null for somebody who may not */
    ModelCard(ModelView model, @Nullable Offer offer, Address page, @Nullable Address newEndpoint) {
        super("article");
        addClassNames("panel", "card");
        add(
                Markup.of("h2", "", new Link(model.name(), page)),
                Markup.text("p", "hint", model.publisher()),
                Markup.text("p", "small", model.summary()),
                Markup.of("div", "row wrap", Markup.text("span", "tag", Words.tasks(model)), Words.licence(model)),
                new Facts()
                        .fact("Parameters", Words.parameters(model))
                        .fact("Context", Quantities.count(model.contextTokens()) + " tokens")
                        .fact("Runs on", Words.runsOn(model))
                        .fact("Shared", Words.shared(offer)));
        if (newEndpoint != null) {
            add(Markup.of("div", "row", Link.button("New endpoint", newEndpoint).css("small").label("New endpoint with " + model.name())));
        }
    }
}

package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.select.Select;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whom to talk to, and for which project. */
final class Choosing {

    private Choosing() {}

    static Optional<Partner> named(List<Partner> models, @Nullable String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** The same one where there is no other. */
    static Partner other(List<Partner> models, Partner one) {
        return models.stream().filter(model -> !model.equals(one)).findFirst().orElse(one);
    }

    static Component model(List<Partner> models, Partner chosen, String label, Consumer<Partner> whenChosen) {
        Select<Partner> select = Fields.select("", models, Partner::name);
        select.setAriaLabel(label);
        select.setValue(chosen);
        select.addClassName("modelfield");
        select.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                whenChosen.accept(change.getValue());
            }
        });
        return Markup.of("header", "", Markup.text("span", "swatch cat " + Category.css(chosen.name()), ""), select, Markup.text("span", "hint", chosen.whose()));
    }

    /** Somebody pays for each call, so the project is chosen before anything is said. */
    static Component project(List<Place> places, Address address) {
        if (places.isEmpty()) {
            return new EmptyState(Icon.PLAY, "Nothing to call here", "Models are called for a project that you work in. Choose one of yours above, or ask its owner to make you a member.");
        }
        return Place.choice(Icon.PLAY, "For which project?", "Each call counts against the limits of a project and is paid by it.", places, address);
    }

    static Component nothingToCall(Address address) {
        return new EmptyState(
                Icon.PLAY, "No chat model answers this project now", "Shared models are listed here while they serve, and so are endpoints of the project.",
                Link.button("New endpoint", address.to(Destination.Paths.NEW_ENDPOINT)), Link.button("Catalogue", address.to(Destination.Paths.CATALOGUE)));
    }
}

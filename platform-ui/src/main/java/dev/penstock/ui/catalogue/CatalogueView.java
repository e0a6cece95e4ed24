package dev.penstock.ui.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Search;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Viewer;
import dev.penstock.ui.offer.Offer;
import dev.penstock.ui.offer.Offers;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models as cards to scan, or as a table to compare. */
@Route(Destination.Paths.CATALOGUE)
@PermitAll
class CatalogueView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String VIEW = "view";
    private static final String CARDS = "cards";
    private static final String TABLE = "table";

    private final transient ModelsApi models;
    private final transient Offers offers;
    private final TextField search = Fields.search("Find a model", this::found);
    private final Markup found = Markup.of("div", "stack");

    CatalogueView(Viewer viewer, ModelsApi models, Offers offers) {
        super("Catalogue", viewer);
        this.models = models;
        this.offers = offers;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "model", "endpoint", "route", "fleet", "slice", "price");
    }

    @Override
    protected void show() {
        removeAll();
        search.setValue(Search.of(address()).words());
        add(
                new PageHead("Catalogue").actions(views()).under("Models that can be served here, where each fits, and what runs already for everybody."),
                filters(),
                found);
        refresh();
    }

    @Override
    protected void refresh() {
        List<ModelView> all = models.list();
        Map<String, Offer> shared = offers.byModel(me(), scope());
        Wish wish = Wish.of(address());
        List<ModelView> matching = all.stream().filter(wish::isMetBy).toList();
        found.removeAll();
        if (matching.isEmpty()) {
            found.add(all.isEmpty() ? nothingYet() : nothingFound());
        } else if (address().is(VIEW, TABLE)) {
            found.add(new Panel("Models").hint(Quantities.count(matching.size())).wide(table(matching, shared)));
        } else {
            var cards = Markup.of("div", "cards");
            matching.forEach(model -> cards.with(new ModelCard(model, shared.get(model.id()), page(model), newEndpoint(model))));
            found.add(cards);
        }
    }

    private Component views() {
        return new Segments("How models are shown", address(), VIEW, CARDS).segment(CARDS, "Cards").segment(TABLE, "Table");
    }

    private Component filters() {
        var tasks = new Segments("Which task", address(), Wish.TASK, "").segment("", "Any task");
        for (ModelTask each : ModelTask.values()) {
            tasks.segment(Address.word(each), Words.task(each));
        }
        return Markup.of(
                "div",
                "filters",
                search,
                tasks,
                new Segments("Which licence", address(), Wish.LICENCE, "").segment("", "Any licence").segment(Wish.COMMERCIAL, "Commercial use"),
                new Segments("Where it fits", address(), Wish.NOW, "").segment("", "Fits or not").segment(Wish.FREE, "Fits a free part now"));
    }

    private Table<ModelView> table(List<ModelView> rows, Map<String, Offer> shared) {
        var table = new Table<ModelView>("Models", "")
                .sorted(address(), this::remember)
                .column("Model", model -> Cells.named(model.name(), page(model), model.publisher())).by(ModelView::name)
                .column("Task", "minor", model -> Cells.text(Words.tasks(model)))
                .number("Parameters", model -> Markup.text("span", "", Quantities.rounded(model.parameters())).hover(Quantities.count(model.parameters()))).by(ModelView::parameters)
                .column("Context", "num minor", model -> Cells.text(Quantities.count(model.contextTokens()))).by(ModelView::contextTokens)
                .column("Weights", "num minor", model -> Cells.text(Quantities.bytes(model.weightBytes()))).by(ModelView::weightBytes)
                .column("Licence", "minor", Words::licence)
                .column("Runs on", Words::runsOn)
                .column("Shared, per 1 M tokens", model -> Words.shared(shared.get(model.id())));
        table.show(rows);
        return table;
    }

    private static Component nothingYet() {
        return new EmptyState(Icon.CATALOGUE, "No models yet", "An administrator adds models to the catalogue; they appear here without reloading.");
    }

    private Component nothingFound() {
        return new EmptyState(
                Icon.SEARCH,
                "Nothing here matches",
                "No model is as you chose above.",
                Link.button("Show all", address().without(Search.PARAMETER, Wish.TASK, Wish.LICENCE, Wish.NOW)));
    }

    private Address page(ModelView model) {
        return address().to(Destination.Paths.CATALOGUE + "/" + model.id());
    }

    private @Nullable Address newEndpoint(ModelView model) {
        return Destination.ENDPOINTS.isFor(me()) ? address().to(Destination.Paths.NEW_ENDPOINT).with("model", model.id()) : null;
    }
}

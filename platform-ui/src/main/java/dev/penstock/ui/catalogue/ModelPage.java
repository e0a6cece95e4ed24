package dev.penstock.ui.catalogue;

import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fit;
import dev.penstock.ui.base.FitWork;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import dev.penstock.ui.offer.Offer;
import dev.penstock.ui.offer.Offers;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One model: what is known about it and from whom, where it fits and why, what calling it costs. */
@Route(Destination.Paths.CATALOGUE + "/:model")
@PermitAll
class ModelPage extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String PROFILE = "profile";

    private final transient ModelsApi models;
    private final transient SliceProfilesApi profiles;
    private final transient PricesApi prices;
    private final transient Offers offers;
    private final transient Clock clock;

    ModelPage(Viewer viewer, ModelsApi models, SliceProfilesApi profiles, PricesApi prices, Offers offers, Clock clock) {
        super("Model", viewer);
        this.models = models;
        this.profiles = profiles;
        this.prices = prices;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "model", "endpoint", "route", "fleet", "slice", "price");
    }

    @Override
    protected void show() {
        refresh();
    }

    @Override
    protected void refresh() {
        ModelView model = models.get(address().path().substring(Destination.Paths.CATALOGUE.length() + 1));
        Map<String, SliceProfileView> known =
                profiles.list().stream().collect(Collectors.toMap(SliceProfileView::id, Function.identity(), (one, other) -> one));
        var table = new FitTable(model, known, PriceList.at(clock.instant(), prices.list()));
        Offer offer = offers.byModel(me(), scope()).get(model.id());
        ModelFit chosen = chosen(model);
        var left = Markup.of("div", "stack");
        left.add(new Panel("Where it fits")
                .hint("the smallest that fits on top; choose one to see why")
                .wide(table.component(chosen == null ? null : chosen.profile(), address(), PROFILE)));
        if (chosen != null) {
            left.add(why(model, chosen, known.get(chosen.profile())));
        }
        removeAll();
        add(
                new Crumbs().step("Catalogue", address().to(Destination.Paths.CATALOGUE)),
                head(model),
                Markup.of("div", "cols", left, Markup.of("div", "stack", shared(offer), facts(model))).style("--cols", "minmax(0,1fr) 360px"));
    }

    private PageHead head(ModelView model) {
        var head = new PageHead(model.name()).beside(Words.trust(model));
        if (Destination.ENDPOINTS.isFor(me())) {
            head.actions(Link.button(Icon.PLUS, "New endpoint", address().to(Destination.Paths.NEW_ENDPOINT).with("model", model.id())).css("primary"));
        }
        return head.under(model.summary());
    }

    private @Nullable ModelFit chosen(ModelView model) {
        String wanted = address().get(PROFILE);
        ModelFit named = model.fits().stream().filter(fit -> fit.profile().equals(wanted)).findFirst().orElse(null);
        return named == null ? Wish.smallest(model) : named;
    }

    private static Panel why(ModelView model, ModelFit chosen, @Nullable SliceProfileView profile) {
        var panel = new Panel(chosen.fits() ? "Why it fits" : "Why it does not fit").hint(model.precision() + " on " + chosen.profile());
        if (profile == null) {
            return panel.body(Markup.text("p", "quiet", "The profile is no longer offered."));
        }
        long context = chosen.fits() ? chosen.longestContext() : model.contextTokens();
        Fit fit = Fit.of(model, chosen, profile, context);
        return panel.actions(fit.badge()).body(new FitWork(model, fit, context));
    }

    private Panel shared(@Nullable Offer offer) {
        var panel = new Panel("Runs already for everybody");
        if (offer == null) {
            return panel.body(Markup.text("p", "quiet", "Nobody shares it. An endpoint of your own costs by the hour, whoever calls it."));
        }
        EndpointView endpoint = offer.endpoint();
        return panel.body(
                new Facts()
                        .fact("Endpoint", new Link(endpoint.name(), address().to(Destination.Paths.ENDPOINTS + "/" + endpoint.tenant() + "/" + endpoint.id())))
                        .fact("State", Badge.bare(endpoint))
                        .fact("Per 1 M tokens", Words.shared(offer))
                        .code("Called as", endpoint.callName()),
                Markup.text("p", "hint", "You pay for tokens only; others call it too."));
    }

    private static Panel facts(ModelView model) {
        Long perToken = model.kvBytesPerToken();
        return new Panel("Facts")
                .body(
                        new Facts()
                                .code("Id", model.id())
                                .fact("Publisher", model.publisher())
                                .fact("Task", Words.tasks(model))
                                .fact("Parameters", Markup.text("span", "", Words.parameters(model)).hover(Quantities.count(model.parameters())))
                                .fact("Weights", Quantities.bytes(model.weightBytes()) + " as " + model.precision())
                                .fact("Context", Quantities.count(model.contextTokens()) + " tokens")
                                .fact("KV cache", perToken == null ? "none" : Quantities.count(perToken) + " bytes a token")
                                .fact("Licence", Words.licence(model)),
                        Markup.text(
                                "p",
                                "hint",
                                model.confirmed()
                                        ? "Confirmed by an engine that runs it. " + model.source()
                                        : model.source() + " Not yet confirmed by an engine that runs it."));
    }
}

package dev.penstock.ui.newendpoint;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Asking;
import dev.penstock.ui.base.Choices;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import dev.penstock.ui.offer.Offer;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for an endpoint, on one page. */
@Route(Destination.Paths.NEW_ENDPOINT)
@PermitAll
class NewEndpointView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String INTENT = "intent";
    private static final String MODEL = "model";
    private static final String CONTEXT = "context";
    private static final String HOURS = "hours";
    private static final String PROFILE = "profile";
    private static final int USUAL_LEASE_HOURS = 24;

    private final transient Sources sources;
    private final transient EndpointsApi endpoints;
    private final transient NewIds ids;

    private final transient Order order = new Order(this::orderChanged);
    private final Choices<Intent> intents = new Choices<>("What do you need?", "intent", this::intended);
    private final PartTable table = new PartTable(this::picked);
    private final Markup details = Markup.of("div", "stack");
    private final Markup part = Markup.of("div", "stack");
    private final Markup cost = Markup.of("div", "stack");
    private final Panel picks = new Panel("What we pick");
    private final Asking asking = new Asking(order.purpose(), "Start the endpoint", this::submit);
    private transient List<Place> places = List.of();
    private transient @Nullable Place place;
    private transient Sources.@Nullable Known known;
    private transient @Nullable ModelFit chosen;
    private transient Intent intent = Intent.ISOLATED;
    private transient EndpointId endpoint;
    private boolean filling;

    NewEndpointView(Viewer viewer, Sources sources, EndpointsApi endpoints, NewIds ids) {
        super("New endpoint", viewer);
        this.sources = sources;
        this.endpoints = endpoints;
        this.ids = ids;
        this.endpoint = new EndpointId(ids.next());
        for (Intent each : Intent.values()) {
            intents.choice(each, each.title(), each.hint());
        }
        picks.wide(table);
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice", "fleet", "limit", "tenant", "price", "endpoint", "route", "model");
    }

    @Override
    protected void show() {
        removeAll();
        add(new Crumbs().step(scope().title(), address().to("")).step("Endpoints", address().to(Destination.Paths.ENDPOINTS)), new PageHead("New endpoint"));
        places = Place.of(me(), scope(), Roles.isAdministrator(me()));
        Sources.Known now = sources.now(me(), scope());
        if (places.isEmpty() || now.models().isEmpty()) {
            add(places.isEmpty() ? Proposals.noProject() : Proposals.noModels());
            return;
        }
        place = places.getFirst();
        known = now;
        filling = true;
        intent = address().get(INTENT, Intent.ISOLATED);
        intents.mark(intent);
        order.begin(now.models(), address().get(MODEL), address().number(CONTEXT), Objects.requireNonNullElse(address().number(HOURS), USUAL_LEASE_HOURS));
        order.everybody().setVisible(Roles.isAdministrator(me()));
        filling = false;
        fillDetails();
        add(Markup.of(
                        "div",
                        "cols",
                        Markup.of("div", "stack", new Panel("What do you need?").body(intents), details, part),
                        Markup.of("div", "stack sticky", cost, asking))
                .style("--cols", "minmax(0,1fr) 360px"));
        choose(address().get(PROFILE));
        update();
    }

    /** Facts, prices and what is free as they are now; what is being typed stays. */
    @Override
    protected void refresh() {
        if (place == null) {
            return;
        }
        ModelFit before = chosen;
        Sources.Known now = sources.now(me(), scope());
        known = now;
        choose(before == null ? null : before.profile());
        update();
    }

    private void fillDetails() {
        var first = Markup.of("div", "cols", order.model(), order.name()).style("--cols", "minmax(0,2fr) minmax(0,1fr)").style("gap", "12px");
        var second = Markup.of("div", "cols", order.context(), order.hours(), order.calls(), order.input(), order.output())
                .style("--cols", "repeat(auto-fit, minmax(120px, 1fr))")
                .style("gap", "12px");
        var panel = new Panel("Model and traffic").body(first, second, order.everybody());
        if (places.size() > 1) {
            Select<Place> project = Fields.select("Project", places, each -> each.project().name() + " of " + each.tenant().name());
            project.setValue(place);
            project.addValueChangeListener(change -> {
                place = change.getValue();
                update();
            });
            panel.body(project);
        }
        details.removeAll();
        details.add(panel);
    }

    private void intended(Intent now) {
        intent = now;
        if (now == Intent.LONG) {
            set(order.model().getValue().contextTokens());
        }
        choose(null);
        update();
    }

    private void set(long contextTokens) {
        filling = true;
        order.context().setValue(Math.toIntExact(contextTokens));
        filling = false;
    }

    private void picked(ModelFit fit) {
        chosen = fit;
        intent = Intent.KNOWN;
        intents.mark(intent);
        update();
    }

    private void orderChanged() {
        if (filling || place == null) {
            return;
        }
        ModelFit before = chosen;
        choose(before == null ? null : before.profile());
        update();
    }

    /** What the intent picks for the model as it is now known; a part picked by hand stays. */
    private void choose(@Nullable String profile) {
        ModelView model = model();
        chosen = model.fits().stream()
                .filter(fit -> intent == Intent.KNOWN && fit.profile().equals(profile))
                .findFirst()
                .orElseGet(() -> Intent.pick(model, order.contextTokens()));
    }

    /** By id: the catalogue may have changed since the model was chosen. */
    private ModelView model() {
        ModelView wanted = order.model().getValue();
        return Objects.requireNonNull(known).models().stream().filter(each -> each.id().equals(wanted.id())).findFirst().orElse(wanted);
    }

    private void update() {
        ModelView model = model();
        ModelFit fit = chosen;
        remember(address()
                .with(INTENT, Address.word(intent))
                .with(MODEL, model.id())
                .with(CONTEXT, String.valueOf(order.contextTokens()))
                .with(HOURS, String.valueOf(order.leaseHours()))
                .with(PROFILE, intent == Intent.KNOWN && fit != null ? fit.profile() : null));
        Offer shared = Objects.requireNonNull(known).shared().get(model.id());
        part.removeAll();
        cost.removeAll();
        asking.setVisible(intent != Intent.SHARED);
        order.name().setVisible(intent != Intent.SHARED);
        order.hours().setVisible(intent != Intent.SHARED);
        if (intent == Intent.SHARED) {
            showShared(model, shared);
        } else {
            showPart(model, fit, shared);
        }
    }

    private void showShared(ModelView model, @Nullable Offer shared) {
        if (shared == null) {
            part.add(Proposals.notShared(model));
            return;
        }
        part.add(Proposals.shared(
                shared,
                address().to(Destination.Paths.ENDPOINTS + "/" + shared.endpoint().tenant() + "/" + shared.endpoint().id()),
                address().to(Destination.Paths.KEYS).with(Address.DO, "new")));
        cost.add(new Costs(Objects.requireNonNull(known).prices(), order.traffic(), shared).ofTokens(shared));
    }

    private void showPart(ModelView model, @Nullable ModelFit fit, @Nullable Offer shared) {
        Sources.Known now = Objects.requireNonNull(known);
        picks.hint(switch (intent) {
            case SHARED, ISOLATED -> "the smallest that fits and is free";
            case LONG -> "the smallest for " + Quantities.count(order.contextTokens()) + " tokens of context";
            case KNOWN -> "what you picked";
        });
        table.show(model, now.profiles(), now.prices(), order.contextTokens(), fit);
        part.add(picks);
        if (fit == null) {
            asking.impossible(Proposals.none(model));
            return;
        }
        part.add(Proposals.why(model, fit, Objects.requireNonNull(now.profiles().get(fit.profile())), order.contextTokens()));
        cost.add(new Costs(now.prices(), order.traffic(), shared).ofPart(fit));
        Place at = Objects.requireNonNull(place);
        asking.show(
                () -> endpoints.preview(at.tenant().id(), at.project().id(), order.draft(fit.profile())),
                () -> sources.left(at.tenant().id(), at.project().id(), fit.profile()));
    }

    private void submit() {
        ModelFit fit = chosen;
        Place at = place;
        if (fit == null || at == null || !order.isComplete()) {
            return;
        }
        asking.refused(null);
        try {
            EndpointView made = endpoints.create(at.tenant().id(), at.project().id(), endpoint, order.spec(fit.profile()));
            endpoint = new EndpointId(ids.next());
            go(address().to(Destination.Paths.ENDPOINTS + "/" + made.tenant() + "/" + made.id()));
        } catch (BackendProblem refused) {
            if (refused.is(Problem.EXISTS_BUT_DIFFERENT)) {
                // Otherwise the id stays: what was refused does not exist, and what was made without our hearing of it is not made twice.
                endpoint = new EndpointId(ids.next());
            }
            asking.refused(refused);
        }
    }
}

package dev.penstock.ui.routing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.CallTry;
import dev.penstock.contract.quota.CallableAlias;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.TriesApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What would become of a call, without making it. */
@Route(Destination.Paths.TRY_CALL)
@PermitAll
class TryCallView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String MODEL = "model";
    private static final int LONGEST_BODY = 65_536;
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_SESSION = 300;

    private final transient TriesApi tries;
    private final transient GatewayApi gateway;
    private final transient KeysApi keys;
    private final TextArea body = Fields.area("What the client would send", "JSON; nothing of it is kept", LONGEST_BODY);
    private final TextField purpose = Fields.text("Purpose", "as the client declares it in x-penstock-purpose", LONGEST_WORD);
    private final TextField session = Fields.text("Session", "x-penstock-session", LONGEST_SESSION);
    private final ComboBox<String> model = new ComboBox<>("Model or alias");
    private final Select<KeyOperation> operation = Fields.select("Operation", TriedBodies.OPERATIONS, TriedBodies::path);
    private final Markup decided = Markup.of("div", "stack");

    TryCallView(Viewer viewer, TriesApi tries, GatewayApi gateway, KeysApi keys) {
        super("Try a call", viewer);
        this.tries = tries;
        this.gateway = gateway;
        this.keys = keys;
        body.setMinRows(8);
        body.addClassName("mono");
        model.setAllowCustomValue(true);
        model.addCustomValueSetListener(typed -> model.setValue(typed.getDetail()));
        model.addValueChangeListener(change -> example());
        operation.setValue(KeyOperation.CHAT);
        operation.addValueChangeListener(change -> example());
    }

    @Override
    protected boolean concerns(Change change) {
        return false;
    }

    @Override
    protected void show() {
        removeAll();
        Destination from = Destination.ROUTING.isFor(me()) ? Destination.ROUTING : Destination.PLAYGROUND;
        add(
                new Crumbs().step(scope().title(), address().to("")).step(from.title(), address().to(from.path())),
                new PageHead("Try a call").under("What the gateway would do with a call now: which rule, which model, which limit. Nothing is sent, set aside or paid."));
        List<Place> places = Place.of(me(), scope(), Roles.seesAllTenants(me()));
        if (places.size() != 1) {
            add(project(places));
            return;
        }
        Place place = places.getFirst();
        GatewayView callable = gateway.get(place.tenant().id(), place.project().id());
        List<String> names = Stream.concat(callable.aliases().stream().map(CallableAlias::name), callable.models().stream().map(CallableModel::model)).toList();
        model.setItems(names);
        model.setValue(address().get(MODEL) == null ? names.stream().findFirst().orElse("") : address().get(MODEL));
        Select<Caller> caller = callers(place);
        var decide = Action.primary("See the decision", () -> decide(place, caller.getValue()));
        decided.removeAll();
        decided.add(new EmptyState(Icon.SEARCH, "Not tried yet", "The decision is shown here, step by step, as this moment has it."));
        add(Markup.of(
                        "div", "cols",
                        new Panel("The call").body(caller, operation, model, body, Markup.of("div", "cols", purpose, session).style("gap", "12px"), Markup.of("div", "row", decide)),
                        decided)
                .style("--cols", "repeat(auto-fit, minmax(min(100%, 420px), 1fr))"));
    }

    /** What was decided was of a moment, and stays until another is asked for. */
    @Override
    protected void refresh() {}

    private Component project(List<Place> places) {
        return places.isEmpty()
                ? new EmptyState(Icon.SEARCH, "No project to call for", "Models are called for a project that you work in.")
                : Place.choice(Icon.SEARCH, "For which project?", "Models, limits and the class of its data are a project's.", places, address());
    }

    private Select<Caller> callers(Place place) {
        List<Caller> callers = Stream.concat(
                Stream.of(Caller.MYSELF),
                keys.list(place.tenant().id(), place.project().id()).stream().filter(key -> key.state() == KeyView.State.ACTIVE).map(key -> new Caller(key.id(), "Key " + key.name()))).toList();
        Select<Caller> select = Fields.select("Called by", callers, Caller::title);
        select.setValue(Caller.MYSELF);
        return select;
    }

    private void example() {
        if (model.getValue() != null) {
            body.setValue(TriedBodies.example(operation.getValue(), model.getValue()));
        }
    }

    private void decide(Place place, Caller caller) {
        Map<String, String> headers = new LinkedHashMap<>();
        header(headers, "x-penstock-purpose", purpose);
        header(headers, "x-penstock-session", session);
        var call = new CallTry(caller.key(), operation.getValue(), body.getValue(), headers);
        if (Fields.check(body, body.getValue().isBlank() ? "Write what the client would send." : "")) {
            Decision.show(decided, tries.decide(place.tenant().id(), place.project().id(), call));
        }
    }

    private static void header(Map<String, String> headers, String name, TextField value) {
        if (!value.getValue().isBlank()) {
            headers.put(name, value.getValue().strip());
        }
    }
}

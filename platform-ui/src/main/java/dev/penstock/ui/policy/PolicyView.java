package dev.penstock.ui.policy;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.CallableAlias;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.ReplaySpec;
import dev.penstock.contract.quota.SteeringApi;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.contract.quota.SteeringSpec;
import dev.penstock.contract.quota.SteeringView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.TimeAxis;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a project wants its calls answered. */
@Route(Destination.Paths.POLICY)
@PermitAll
class PolicyView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String ADD = "add";
    private static final String LADDER = "ladder";
    private static final int WEEK = 7;

    private final transient SteeringApi steering;
    private final transient GatewayApi gateway;
    private final transient Clock clock;

    PolicyView(Viewer viewer, SteeringApi steering, GatewayApi gateway, Clock clock) {
        super("Model policy", viewer);
        this.steering = steering;
        this.gateway = gateway;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "steering") && inScope(change);
    }

    @Override
    protected void show() {
        List<Place> places = Place.of(me(), scope(), Roles.seesAllTenants(me()));
        if (places.size() != 1) {
            removeAll();
            add(head(), project(places));
            return;
        }
        Place place = places.getFirst();
        SteeringView view = drawn(place);
        if (!view.mayChange()) {
            return;
        }
        if (address().is(Address.DO, LADDER)) {
            opened(new LadderDialog(view.ladder(), names(place), (ladder, reason) -> save(place, view, view.rules(), ladder, reason)).dialog(), Address.DO);
        }
        IntStream.rangeClosed(0, view.rules().size())
                .filter(at -> address().is(Address.DO, at == view.rules().size() ? ADD : "change-" + (at + 1)))
                .findFirst()
                .ifPresent(at -> opened(new RuleDialog(
                        view.rules(), at, names(place), (rules, reason) -> save(place, view, rules, view.ladder(), reason),
                        rules -> steering.replay(place.tenant().id(), place.project().id(), new ReplaySpec(rules, WEEK))).dialog(), Address.DO));
    }

    @Override
    protected void refresh() {
        List<Place> places = Place.of(me(), scope(), Roles.seesAllTenants(me()));
        if (places.size() == 1) {
            drawn(places.getFirst());
        }
    }

    private SteeringView drawn(Place place) {
        SteeringView view = steering.list(place.tenant().id()).stream().filter(each -> each.project().equals(place.project().id())).findFirst()
                .orElseGet(() -> new SteeringView(place.project().id(), place.project().name(), 0, List.of(), null, null, null, null, false));
        removeAll();
        add(view.mayChange() ? head().actions(Link.button("Add a rule", address().with(Address.DO, ADD)).css("primary")) : head());
        add(rules(view), ladder(view), SavingsPanel.of(steering.savings(place.tenant().id(), place.project().id(), month(), clock.instant())));
        if (view.madeAt() != null) {
            add(Markup.text("p", "hint", "Version " + view.version() + " by " + view.madeBy() + ", " + PersonTime.exact(view.madeAt()) + ": " + view.reason()));
        }
        return view;
    }

    private static PageHead head() {
        return new PageHead("Model policy").under("By which models this project's calls are answered, and what comes before a budget refuses. Without a word here, calls are answered as they ask.");
    }

    private Instant month() {
        ZoneId zone = TimeAxis.zone(scope(), me());
        return LocalDate.ofInstant(clock.instant(), zone).withDayOfMonth(1).atStartOfDay(zone).toInstant();
    }

    private Component project(List<Place> places) {
        return places.isEmpty()
                ? new EmptyState(Icon.TREE, "No project", "A policy is a project's. Ask the owner of one to make you a member.")
                : Place.choice(Icon.TREE, "Of which project?", "A policy is a project's.", places, address());
    }

    private Component rules(SteeringView view) {
        if (view.rules().isEmpty()) {
            return new Panel("Rules").body(Markup.text("p", "quiet", "None: each call is answered by the model that it names."));
        }
        var table = new Table<Integer>("Rules", "")
                .number("", at -> Markup.plain(Integer.toString(at + 1)))
                .column("When", at -> when(view, at))
                .column("Answered by", at -> Markup.text("span", "mono", view.rules().get(at).use()));
        table.show(IntStream.range(0, view.rules().size()).boxed().toList());
        return new Panel("Rules").hint("the first that holds is taken").wide(table);
    }

    private Component when(SteeringView view, int at) {
        String words = RuleWords.when(view.rules().get(at));
        return view.mayChange() ? new Link(words, address().with(Address.DO, "change-" + (at + 1))) : Markup.text("span", "", words);
    }

    private Component ladder(SteeringView view) {
        Ladder ladder = view.ladder();
        var panel = new Panel("Before a budget refuses");
        if (view.mayChange()) {
            panel.actions(Link.button(ladder == null ? "Set it up" : "Change", address().with(Address.DO, LADDER)));
        }
        return ladder == null
                ? panel.body(Markup.text("p", "quiet", "Nothing: a call is answered as it asks until a limit refuses it."))
                : panel.body(new Facts()
                        .fact("From " + ladder.warnAt() + " %", "answers say how full the budget is")
                        .fact("From " + ladder.degradeAt() + " %", RuleWords.degrading(ladder))
                        .fact("At 100 %", "the limit refuses"));
    }

    private List<String> names(Place place) {
        GatewayView callable = gateway.get(place.tenant().id(), place.project().id());
        return Stream.concat(callable.aliases().stream().map(CallableAlias::name), callable.models().stream().map(CallableModel::model)).toList();
    }

    private void save(Place place, SteeringView before, List<SteeringRule> rules, @Nullable Ladder ladder, String reason) {
        steering.make(place.tenant().id(), place.project().id(), before.version() + 1, new SteeringSpec(rules, ladder, reason));
        drawn(place);
        Toast.done("Calls are answered so within seconds.");
    }
}

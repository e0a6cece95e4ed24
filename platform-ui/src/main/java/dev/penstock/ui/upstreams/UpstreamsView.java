package dev.penstock.ui.upstreams;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.contract.quota.UpstreamView;
import dev.penstock.contract.quota.UpstreamsApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.DataClasses;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Servers outside of the house. */
@Route(Destination.Paths.UPSTREAMS)
@PermitAll
class UpstreamsView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String ADD = "add";

    private final transient UpstreamsApi upstreams;

    UpstreamsView(Viewer viewer, UpstreamsApi upstreams) {
        super("Upstreams", viewer);
        this.upstreams = upstreams;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "upstream");
    }

    @Override
    protected void show() {
        List<UpstreamView> listed = refreshed();
        if (!Roles.isAdministrator(me())) {
            return;
        }
        if (address().is(Address.DO, ADD)) {
            opened(new UpstreamDialog(this::make).add(), Address.DO);
        }
        listed.stream().filter(upstream -> address().is(Address.DO, "change-" + upstream.name())).findFirst()
                .ifPresent(upstream -> opened(new UpstreamDialog(this::make).change(upstream), Address.DO));
    }

    @Override
    protected void refresh() {
        refreshed();
    }

    private List<UpstreamView> refreshed() {
        List<UpstreamView> listed = upstreams.list();
        removeAll();
        var head = new PageHead("Upstreams").under("Servers outside of the house. Only calls of projects whose data may go there ever reach one.");
        add(Roles.isAdministrator(me()) ? head.actions(Link.button("Add an upstream", address().with(Address.DO, ADD)).css("primary")) : head);
        if (listed.isEmpty()) {
            add(new EmptyState(
                    Icon.SEND, "Nothing leaves the house",
                    "An upstream is a server elsewhere that speaks OpenAI's dialect or Anthropic's. Its models stand beside your own, for projects whose data it may be given."));
        } else {
            add(table(listed));
        }
        return listed;
    }

    private Component table(List<UpstreamView> listed) {
        var table = new Table<UpstreamView>("Upstreams", "")
                .sorted(address(), this::remember)
                .column("Name", this::name).by(UpstreamView::name)
                .column("State", UpstreamsView::state).by(upstream -> upstream.models().isEmpty())
                .column("Dialect", "minor", upstream -> Markup.plain(UpstreamDialog.words(upstream.dialect()))).by(UpstreamView::dialect)
                .column("May be given", upstream -> Markup.plain(DataClasses.upTo(upstream.takes()))).by(UpstreamView::takes)
                .column("Models", "minor", UpstreamsView::models)
                .column("At once", "num minor", upstream -> Markup.plain(Quantities.count(upstream.mostUnderWay()))).by(UpstreamView::mostUnderWay)
                .column("Changed", "minor", upstream -> Markup.of(
                        "span", "", Markup.text("span", "", upstream.madeBy()), Markup.text("span", "sub", PersonTime.exact(upstream.madeAt()) + ", version " + upstream.version())))
                .by(UpstreamView::madeAt);
        table.show(listed);
        return new Panel("Servers").wide(table);
    }

    private Component name(UpstreamView upstream) {
        Component words = Roles.isAdministrator(me())
                ? new Link(address().with(Address.DO, "change-" + upstream.name()), Markup.text("span", "mono", upstream.name()))
                : Markup.text("span", "mono", upstream.name());
        return Markup.of("span", "", words, Markup.text("span", "sub wraps", upstream.address()));
    }

    private static Component models(UpstreamView upstream) {
        return Cells.text(upstream.models().stream().map(UpstreamsView::model).collect(Collectors.joining(", ")));
    }

    /** With what it may be given, where that is less than the others. */
    private static String model(UpstreamModel model) {
        return model.takes() == null ? model.name() : model.name() + " (" + DataClasses.upTo(model.takes()).toLowerCase(Locale.ROOT) + ")";
    }

    private static Component state(UpstreamView upstream) {
        if (upstream.models().isEmpty()) {
            return Badge.pill(Tone.OFF, "Withdrawn");
        }
        String problem = upstream.problem();
        if (upstream.reachedAt().isEmpty()) {
            return Markup.of("span", "", Badge.pill(Tone.BAD, "Nothing is sent"), Markup.text("span", "sub wraps", problem == null ? "its address is being looked up" : problem));
        }
        return problem == null
                ? Markup.of("span", "", Badge.pill(Tone.OK, "Answers"), Markup.text("span", "sub wraps", "at " + String.join(", ", upstream.reachedAt())))
                : Markup.of("span", "", Badge.pill(Tone.WARN, "At its last address"), Markup.text("span", "sub wraps", problem));
    }

    private void make(String name, int version, UpstreamSpec spec) {
        upstreams.make(name, version, spec);
        refreshed();
        Toast.done(spec.models().isEmpty() ? name + " is withdrawn, and its key deleted." : name + " answers within seconds.");
    }
}

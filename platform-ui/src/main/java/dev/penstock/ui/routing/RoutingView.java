package dev.penstock.ui.routing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.AliasSpec;
import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.AliasesApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Names that stand for several models. */
@Route(Destination.Paths.ROUTING)
@PermitAll
class RoutingView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String ADD = "add";

    private final transient AliasesApi aliases;

    RoutingView(Viewer viewer, AliasesApi aliases) {
        super("Routing", viewer);
        this.aliases = aliases;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "alias");
    }

    @Override
    protected void show() {
        List<AliasView> listed = refreshed();
        if (!Roles.isAdministrator(me())) {
            return;
        }
        if (address().is(Address.DO, ADD)) {
            opened(new AliasDialog(this::make).add(), Address.DO);
        }
        listed.stream().filter(alias -> address().is(Address.DO, "change-" + alias.name())).findFirst()
                .ifPresent(alias -> opened(new AliasDialog(this::make).change(alias), Address.DO));
    }

    @Override
    protected void refresh() {
        refreshed();
    }

    private List<AliasView> refreshed() {
        List<AliasView> listed = aliases.list();
        removeAll();
        var head = new PageHead("Routing").under("A name that stands for several models: one of them answers, and another is asked when it fails before anything was heard of it.");
        Link trying = Link.button("Try a call", address().to(Destination.Paths.TRY_CALL));
        add(Roles.isAdministrator(me()) ? head.actions(trying, Link.button("Add an alias", address().with(Address.DO, ADD)).css("primary")) : head.actions(trying));
        if (listed.isEmpty()) {
            add(new EmptyState(Icon.TREE, "There is no alias yet", "Callers call each model by its own name. An alias lets two endpoints answer one name, or one step in for another."));
        } else {
            add(table(listed));
        }
        return listed;
    }

    private Component table(List<AliasView> listed) {
        var table = new Table<AliasView>("Aliases", "")
                .sorted(address(), this::remember)
                .column("Name", this::name).by(AliasView::name)
                .column("Chooses", "minor", alias -> Markup.plain(AliasDialog.words(alias.strategy()))).by(alias -> AliasDialog.words(alias.strategy()))
                .column("Models", RoutingView::targets)
                .column("State", alias -> alias.targets().isEmpty() ? Badge.pill(Tone.OFF, "Withdrawn") : Badge.pill(Tone.OK, "Answers")).by(alias -> alias.targets().isEmpty())
                .column("Changed", "minor", alias -> Cells.text(alias.madeBy() + ", " + PersonTime.exact(alias.madeAt()) + ", version " + alias.version())).by(AliasView::madeAt);
        table.show(listed);
        return table;
    }

    private Component name(AliasView alias) {
        Markup words = Markup.text("span", "mono", alias.name());
        return Roles.isAdministrator(me()) ? new Link(address().with(Address.DO, "change-" + alias.name()), words) : words;
    }

    /** One line a tier. */
    private static Component targets(AliasView alias) {
        Markup lines = Markup.of("span", "");
        alias.targets().stream().map(AliasTarget::tier).distinct().sorted().forEach(tier -> {
            List<AliasTarget> together = alias.targets().stream().filter(target -> target.tier() == tier).toList();
            int sum = together.stream().mapToInt(AliasTarget::weight).sum();
            String words = String.join(", ", together.stream().map(target -> together.size() == 1 ? target.model() : target.model() + " " + percent(target.weight(), sum)).toList());
            lines.add(Markup.text("span", lines.getElement().getChildCount() == 0 ? "strong" : "sub", (lines.getElement().getChildCount() == 0 ? "" : "else ") + words));
        });
        return lines;
    }

    private static String percent(int weight, int sum) {
        return Math.round(100f * weight / sum) + " %";
    }

    private void make(String name, int version, AliasSpec spec) {
        aliases.make(name, version, spec);
        refreshed();
        Toast.done(spec.targets().isEmpty() ? name + " is withdrawn." : name + " answers so within seconds.");
    }
}

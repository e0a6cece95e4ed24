package dev.penstock.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.page.PageVisibility;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.signals.Signal;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.backend.Background;
import dev.penstock.ui.backend.Live;
import dev.penstock.ui.backend.SignedOut;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Scope;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import dev.penstock.ui.inbox.Inbox;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Top bar, navigation, and the screen. */
@Layout
@PermitAll
@JavaScript("context://portal.js")
class Shell extends HtmlContainer implements RouterLayout, AfterNavigationObserver {

    private static final long serialVersionUID = 1L;

    /** Changes of these kinds change the small numbers. */
    /** After these another person may be who looks: with other roles, or in somebody's place. */
    private static final Set<String> ABOUT_THE_VIEWER = Set.of("tenant", "delegation");
    private static final Set<String> COUNTED = Set.of("slice", "slice-request", "endpoint", "limit", "tenant", "delegation");

    private final transient Viewer viewer;
    private final transient Live live;
    private final transient Counts counts;
    private final transient Clock clock;
    private final Topbar topbar;
    private final SideNavigation navigation = new SideNavigation();
    private final Markup place = Markup.of("div", "place");
    private transient @Nullable Listening listening;
    private transient Address address = Address.of("");
    private transient Counts.Result counted = new Counts.Result(0, Map.of());
    private boolean seen = true;
    private boolean behind;
    private transient @Nullable Drawn drawn;
    private @Nullable HasElement content;

    private record Drawn(Me me, Address address, Counts.Result counted) {}

    Shell(Viewer viewer, Live live, Inbox inbox, SlicesApi slices, EndpointsApi endpoints, Clock clock) {
        super("div");
        this.viewer = viewer;
        this.live = live;
        this.clock = clock;
        this.counts = new Counts(inbox, slices, endpoints);
        this.topbar = new Topbar(new CommandSearch(slices, endpoints));
        addClassName("shell");
        add(
                Markup.text("a", "skip", "Skip to the content").attribute("href", "#main").attribute("router-ignore", ""),
                topbar,
                navigation,
                place);
    }

    @Override
    public void showRouterLayoutContent(HasElement screen) {
        place.removeAll();
        place.getElement().appendChild(screen.getElement());
        content = screen;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        address = Address.of(event.getLocation());
        update();
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        UI ui = attached.getUI();
        listening = new Listening(ui, this::changed);
        listening.to(live);
        Signal.effect(this, () -> seen(ui.getPage().pageVisibilitySignal().get() != PageVisibility.HIDDEN));
        ui.getPage().executeJs("window.penstockClock && window.penstockClock($0)", Long.toString(clock.millis()));
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        Listening ended = listening;
        if (ended != null) {
            ended.stop();
            listening = null;
        }
    }

    /** A tab that nobody sees asks nobody; it catches up when it is looked at. */
    void seen(boolean now) {
        seen = now;
        if (seen && behind) {
            changed(List.of());
        }
    }

    /** @param changes empty: anything may have changed */
    private void changed(List<Change> changes) {
        behind = !seen;
        if (behind) {
            return;
        }
        if (changes.isEmpty() || changes.stream().map(Change::kind).anyMatch(ABOUT_THE_VIEWER::contains)) {
            viewer.forget();
        }
        if (content instanceof Screen screen) {
            screen.changed(changes);
        }
        if (changes.isEmpty() || changes.stream().map(Change::kind).anyMatch(COUNTED::contains)) {
            update();
        }
    }

    /** Navigation at once; its numbers, which take several calls, a moment later beside the tab. */
    private void update() {
        try {
            Me me = viewer.me();
            Scope scope = Scope.of(address, me);
            draw(me, scope);
            getUI().ifPresent(ui -> Background.run(
                    ui,
                    () -> counts.of(me, scope),
                    result -> {
                        counted = result;
                        draw(me, scope);
                    },
                    unreachable -> {})); // The screen says so; old numbers are better than none.
        } catch (SignedOut over) {
            SignedOutDialog.show();
        } catch (BackendProblem unreachable) {
            drawn = null;
            navigation.showOnlyHome(address); // The screen says what is wrong; the frame stays usable.
        }
    }

    /** Only what differs: whoever is in the navigation with the keyboard stays there. */
    private void draw(Me me, Scope scope) {
        var now = new Drawn(me, address, counted);
        if (now.equals(drawn)) {
            return;
        }
        drawn = now;
        navigation.show(me, address, counted);
        topbar.show(me, scope, address, counted);
    }

    /** Whether something changed that the tab has not shown yet. */
    boolean isBehind() {
        return behind;
    }
}

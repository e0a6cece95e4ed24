package dev.penstock.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.backend.Live;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Scope;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import dev.penstock.ui.inbox.Inbox;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Top bar, navigation, and the screen. */
@Layout
@PermitAll
@JavaScript("context://portal.js")
class Shell extends HtmlContainer implements RouterLayout, AfterNavigationObserver {

    private static final long serialVersionUID = 1L;

    private final transient Viewer viewer;
    private final transient Live live;
    private final transient Counts counts;
    private final transient Clock clock;
    private final Topbar topbar;
    private final SideNavigation navigation = new SideNavigation();
    private final Markup place = Markup.of("div", "place");
    private transient @Nullable Listening listening;
    private transient Address address = Address.of("");
    private @Nullable HasElement content;

    Shell(Viewer viewer, Live live, Inbox inbox, SlicesApi slices, AuthenticationContext authentication, Clock clock) {
        super("div");
        this.viewer = viewer;
        this.live = live;
        this.clock = clock;
        this.counts = new Counts(inbox, slices);
        this.topbar = new Topbar(new CommandSearch(slices), authentication);
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
        listening.to(live.feed());
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

    /** @param changes empty: anything may have changed */
    private void changed(List<Change> changes) {
        if (changes.isEmpty() || changes.stream().anyMatch(change -> "tenant".equals(change.kind()))) {
            viewer.forget();
        }
        if (content instanceof Screen screen) {
            screen.changed(changes);
        }
        update();
    }

    private void update() {
        try {
            Me me = viewer.me();
            Scope scope = Scope.of(address, me);
            Counts.Result counted = counts.of(me, scope);
            navigation.show(me, address, counted);
            topbar.show(me, scope, address, counted);
        } catch (BackendProblem unreachable) {
            navigation.showOnlyHome(address); // The screen says what is wrong; the frame stays usable.
        }
    }

    /** For tests: what is open. */
    @Nullable Component content() {
        return content instanceof Component component ? component : null;
    }
}

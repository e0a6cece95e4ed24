package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import dev.penstock.contract.Change;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.backend.BackendProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One screen. It is shown for an address, shown again when its address changes, and refreshed when something changes that concerns it. A
 * refusal while it is built takes its place, with what to do next.
 */
public abstract class Screen extends HtmlContainer implements BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1L;

    private final String title;
    private final transient Viewer viewer;
    private transient Address address = Address.of("");
    private transient Scope scope = Scope.EVERYTHING;
    private transient @Nullable Confirmation dialog;
    private boolean broken;

    /** @param title of the browser's tab */
    protected Screen(String title, Viewer viewer) {
        super("main");
        this.title = title;
        this.viewer = viewer;
        addClassName("page");
        setId("main");
        getElement().setAttribute("tabindex", "-1");
    }

    /** Builds the screen for {@link #address()} and {@link #scope()}. */
    protected abstract void show();

    /** Brings what is shown up to date without touching what the person is typing. */
    protected abstract void refresh();

    /** Whether a change belongs to what is shown. */
    protected abstract boolean concerns(Change change);

    /** A member's first visit names no project; the address then does, so that it can be shared. */
    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        Address wanted = Address.of(event.getLocation());
        if (wanted.get(Address.PROJECT) != null) {
            return;
        }
        try {
            ProjectId first = Scope.first(viewer.me());
            if (first != null) {
                event.forwardTo(
                        event.getNavigationTarget().asSubclass(Component.class),
                        event.getRouteParameters(),
                        QueryParameters.simple(wanted.with(Address.PROJECT, first.toString()).parameters()));
            }
        } catch (BackendProblem unreachable) {
            // Shown a moment later, in the place of the screen.
            return;
        }
    }

    @Override
    public final void afterNavigation(AfterNavigationEvent event) {
        address = Address.of(event.getLocation());
        closeDialog();
        guarded(() -> {
            scope = Scope.of(address, viewer.me());
            show();
        });
    }

    /** @param changes what was told; empty when anything may have changed */
    public final void changed(List<Change> changes) {
        if (changes.isEmpty() || changes.stream().anyMatch(this::concerns)) {
            guarded(broken ? this::show : this::refresh);
        }
    }

    protected final Address address() {
        return address;
    }

    protected final Scope scope() {
        return scope;
    }

    protected final Me me() {
        return viewer.me();
    }

    /** Goes to another address; the browser's way back leads here. */
    protected final void go(Address to) {
        to.openIn(getUI().orElseThrow());
    }

    /** Writes what is chosen into the address without showing the screen anew. */
    protected final void remember(Address present) {
        address = present;
        String href = present.href();
        getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, href.isEmpty() ? "." : href));
    }

    /** Shows what is found by some words, and keeps them in the address. */
    protected final void found(String words) {
        remember(address.with(Search.PARAMETER, words));
        refresh();
    }

    /** Opens the dialog that the address names by these parameters; once it is closed, the address no longer does. */
    protected final void opened(Confirmation named, String... parameters) {
        named.whenClosed(() -> {
            Address without = address.without(parameters);
            if (isAttached() && !without.equals(address)) {
                remember(without);
                refresh();
            }
        });
        dialog = named;
        named.open();
    }

    /** The address leads elsewhere: what is closed has nothing left to say. */
    private void closeDialog() {
        Confirmation open = dialog;
        if (open != null) {
            open.whenClosed(() -> {}).close();
            dialog = null;
        }
    }

    /** The title of a list, and whose things it shows. */
    protected final PageHead listHead() {
        var head = new PageHead(title);
        return scope.isEverything() ? head.beside(Markup.text("span", "quiet", "of all projects you see")) : head;
    }

    /** Whether a change is of one of these kinds. */
    protected static boolean isAbout(Change change, String... kinds) {
        return List.of(kinds).contains(change.kind());
    }

    /** Whether the person looks at the project a change belongs to. */
    protected final boolean inScope(Change change) {
        ProjectId shown = scope.projectId();
        return shown == null || change.project() == null || shown.equals(change.project());
    }

    @Override
    public String getPageTitle() {
        return title + " · Penstock";
    }

    /** Does work that may be refused; a refusal takes the place of the screen. */
    protected final void guarded(Runnable work) {
        try {
            if (broken) {
                removeAll();
                broken = false;
            }
            work.run();
        } catch (BackendProblem problem) {
            broken = true;
            removeAll();
            add(new PageHead(title), new ProblemPanel(problem, retry(problem)));
        }
    }

    private Component retry(BackendProblem problem) {
        return problem.is(Problem.NOT_FOUND)
                ? Link.button("Home", Address.of(""))
                : Action.of("Try again", () -> guarded(this::show));
    }
}

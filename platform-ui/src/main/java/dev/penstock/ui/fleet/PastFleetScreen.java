package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.FleetChanges;
import dev.penstock.contract.platform.FleetHistoryApi;
import dev.penstock.contract.platform.FleetPast;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fleet as it was at a time, and what changed around then. Nothing can be done here. */
@Route(PastFleetScreen.PATH)
@PermitAll
class PastFleetScreen extends Screen {

    static final String PATH = Destination.Paths.FLEET + "/past";

    private static final long serialVersionUID = 1L;
    private static final String AT = "at";

    private final transient FleetHistoryApi history;
    private final transient Clock clock;

    PastFleetScreen(Viewer viewer, FleetHistoryApi history, Clock clock) {
        super("Fleet as it was", viewer);
        this.history = history;
        this.clock = clock;
    }

    /** What has passed does not change. */
    @Override
    protected boolean concerns(Change change) {
        return false;
    }

    @Override
    protected void refresh() {
        show();
    }

    @Override
    protected void show() {
        Instant now = clock.instant();
        Instant at = chosen(now);
        ChangesSpan span = ChangesSpan.of(address(), at);
        FleetPast past = history.at(at);
        FleetChanges changes = history.changes(span.from(), span.until(), address().get(ChangesPanel.NODE));
        removeAll();
        add(
                new PageHead("Fleet as it was").beside(Markup.text("span", "quiet num", PersonTime.exact(at))).actions(Link.button("The fleet now", address().to(Destination.Paths.FLEET))),
                new PastChooser(at, now, PersonTime.zone(), time -> to(time), this::go),
                banner(past),
                past.known() ? nodes(past) : unknown(past),
                ChangesPanel.of(changes, span, address(), this::to));
    }

    /** Whatever the address says, a time that has passed. */
    private Instant chosen(Instant now) {
        Instant latest = now.truncatedTo(ChronoUnit.MINUTES);
        try {
            Instant wanted = Instant.parse(address().get(AT, ""));
            return wanted.isAfter(latest) ? latest : wanted;
        } catch (DateTimeParseException none) {
            return latest.minus(Duration.ofDays(1));
        }
    }

    private Address to(Instant at) {
        return address().with(AT, at.toString());
    }

    private static Component banner(FleetPast past) {
        String hint = past.known()
                ? "As it was seen then. Who was on which GPU is not told here, and nothing can be done from here."
                : "Nobody looked at the cluster then, so nothing is told.";
        return Markup.of(
                "section", "panel seal past",
                Markup.of("span", "sealmark unknown", Icon.CLOCK.decorative()),
                Markup.of("div", "", Markup.text("b", "", "The past: " + PersonTime.exact(past.at())), Markup.text("span", "hint", hint)).attribute("role", "status"));
    }

    private Component nodes(FleetPast past) {
        if (past.nodes().isEmpty()) {
            return new EmptyState(Icon.FLEET, "No GPU nodes then", "The cluster was looked at, and showed none.");
        }
        long gpus = past.nodes().stream().mapToLong(node -> node.gpus().size()).sum();
        var all = Markup.of("div", "stack", past.nodes().stream().map(node -> PastNodePanel.of(node, address().with(ChangesPanel.NODE, node.name()))).toArray(Component[]::new));
        return Markup.of(
                "div", "stack",
                Markup.text("p", "quiet", Quantities.count(past.nodes().size(), "node", "nodes") + ", " + Quantities.count(gpus, "GPU", "GPUs") + " drawn as they were cut."), all);
    }

    private Component unknown(FleetPast past) {
        Instant before = past.lookedBefore();
        Instant after = past.lookedAfter();
        List<Component> steps = new ArrayList<>();
        Stream.ofNullable(before).forEach(time -> steps.add(Link.button("As last seen before", to(time))));
        Stream.ofNullable(after).forEach(time -> steps.add(Link.button("As first seen after", to(time))));
        return new EmptyState(Icon.FLEET, "Not known", sentence(before, after), steps.toArray(Component[]::new));
    }

    private static String sentence(@Nullable Instant before, @Nullable Instant after) {
        if (before == null && after == null) {
            return "Nothing is remembered of the fleet yet.";
        }
        return before == null ? "What is remembered of the fleet begins on " + PersonTime.exact(Objects.requireNonNull(after)) + "."
                : after == null ? "The fleet was last looked at on " + PersonTime.exact(before) + "."
                        : "Nobody looked between " + PersonTime.exact(before) + " and " + PersonTime.exact(after) + ".";
    }
}

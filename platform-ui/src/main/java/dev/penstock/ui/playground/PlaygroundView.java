package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.ui.backend.Background;
import dev.penstock.ui.backend.ModelCall;
import dev.penstock.ui.backend.ModelCalls;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Pace;
import dev.penstock.ui.base.PacedScreen;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One conversation with one model or two side by side, paid by the project that is chosen in the frame. */
@Route(Destination.Paths.PLAYGROUND)
@PermitAll
class PlaygroundView extends PacedScreen {

    private static final long serialVersionUID = 1L;

    /** Under load usage is told many times a second. */
    private static final Duration LEAST_BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final String MODEL = "model";
    private static final String BESIDE = "beside";

    private final transient GatewayApi gateways;
    private final transient UsageApi usage;
    private final transient LimitsApi limits;
    private final transient ModelCalls calls;
    private final transient Talk first = new Talk(this::over);
    private final transient Talk second = new Talk(this::over);
    private final transient SettingsPanel settings = new SettingsPanel(this::drawCode);
    private final transient Composer composer = new Composer(this::ask, this::stop);
    private final Markup soFar = Markup.of("div", "");
    private final Markup code = Markup.of("div", "");
    private final Markup left = Markup.of("div", "");
    private transient @Nullable Place place;
    private transient @Nullable GatewayView gateway;
    private transient List<Partner> chosen = List.of();

    PlaygroundView(Viewer viewer, GatewayApi gateways, UsageApi usage, LimitsApi limits, ModelCalls calls, Clock clock) {
        super("Playground", viewer, LEAST_BETWEEN_LOOKS, clock);
        this.gateways = gateways;
        this.usage = usage;
        this.limits = limits;
        this.calls = calls;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "usage", "limit", "endpoint") && inScope(change);
    }

    /** What was said stays while models, code and language are chosen; another project begins anew. */
    @Override
    protected void show() {
        removeAll();
        List<Place> places = Place.of(me(), scope());
        if (places.size() != 1) {
            clear();
            add(new PageHead("Playground"), Choosing.project(places, address()));
            return;
        }
        if (!places.getFirst().equals(place)) {
            clear();
        }
        place = places.getFirst();
        gateway = gateways.get(place.tenant().id(), place.project().id());
        List<Partner> models = Partner.of(gateway);
        if (models.isEmpty()) {
            chosen = List.of();
            stop();
            add(new PageHead("Playground"), Choosing.nothingToCall(address()));
            return;
        }
        chosen = chosen(models);
        add(head(models), Markup.of("div", "cols playground", talks(models), aside()));
        drawBooks();
        drawLimits();
        drawCode();
    }

    @Override
    protected void redraw() {
        GatewayView known = gateway;
        Place here = place;
        if (here == null || known == null || !Partner.of(known).equals(Partner.of(gateways.get(here.tenant().id(), here.project().id())))) {
            show();
            return;
        }
        turns().filter(Turn::waitsForBooks).forEach(this::lookUp);
        drawLimits();
    }

    /** Nobody is left to read: whatever is still answering ends. */
    @Override
    protected void onDetach(DetachEvent detached) {
        stop();
    }

    private List<Partner> chosen(List<Partner> models) {
        Partner one = Choosing.named(models, address().get(MODEL)).orElse(models.getFirst());
        String beside = address().get(BESIDE);
        return beside == null ? List.of(one) : List.of(one, Choosing.named(models, beside).orElse(Choosing.other(models, one)));
    }

    private PageHead head(List<Partner> models) {
        String other = chosen.size() == 2 ? chosen.getLast().name() : Choosing.other(models, chosen.getFirst()).name();
        boolean shown = address().get(CodePanel.CODE) != null;
        return new PageHead("Playground").actions(
                new Segments("How many models", address(), BESIDE, "").segment("", "One model").segment(other, "Two side by side"),
                Link.button(Icon.COPY, shown ? "Hide code" : "Copy as code", address().with(CodePanel.CODE, shown ? null : "1")),
                Action.of("Clear", this::cleared).css("plain"));
    }

    private Component talks(List<Partner> models) {
        Markup sides = Markup.of("div", chosen.size() == 2 ? "cols even" : "stack", side(models, 0, MODEL, first));
        if (chosen.size() == 2) {
            sides.with(side(models, 1, BESIDE, second));
        }
        composer.of(chosen.size());
        return Markup.of("div", "stack", sides, composer.panel(), code, soFar);
    }

    private Component side(List<Partner> models, int which, String parameter, Talk talk) {
        return Markup.of(
                "section", "panel talk",
                Choosing.model(models, chosen.get(which), which == 0 ? "Model" : "Second model", model -> go(address().with(parameter, model.name()))),
                talk.shown());
    }

    private Component aside() {
        return Markup.of("aside", "stack", settings.of(chosen.size(), chosen.stream().mapToLong(Partner::maxOutputTokens).min().orElseThrow()), left);
    }

    private List<Talk> talks() {
        return chosen.size() == 2 ? List.of(first, second) : List.of(first);
    }

    private Stream<Turn> turns() {
        return Stream.of(first, second).flatMap(talk -> talk.turns().stream());
    }

    private void ask(String question) {
        UI ui = getUI().orElseThrow();
        settings.checked().ifPresent(terms -> {
            List<ModelCall> next = calls(terms, talk -> talk.messages(terms, question));
            for (int side = 0; side < next.size(); side++) {
                talks().get(side).ask(calls, next.get(side), question, Pace.in(ui));
            }
            composer.asked();
        });
    }

    /** What each side is asked. */
    private List<ModelCall> calls(Terms terms, Function<Talk, List<ModelCall.Message>> messages) {
        ProjectId project = Objects.requireNonNull(place).project().id();
        URI address = URI.create(Objects.requireNonNull(gateway).address());
        var next = new ArrayList<ModelCall>();
        for (int side = 0; side < chosen.size(); side++) {
            next.add(new ModelCall(address, project, chosen.get(side).name(), messages.apply(talks().get(side)), terms.temperature(), terms.maxTokens()));
        }
        return next;
    }

    private void stop() {
        first.stop();
        second.stop();
    }

    private void over(Turn turn) {
        if (turn.waitsForBooks()) {
            lookUp(turn);
        }
        if (!first.isRunning() && !second.isRunning()) {
            composer.answered();
        }
        drawCode();
    }

    /** Once at its end, and whenever usage of the project is told: the books are a moment behind. */
    private void lookUp(Turn turn) {
        Place here = place;
        if (here != null) {
            getUI().ifPresent(ui -> Background.run(
                    ui,
                    () -> Optional.ofNullable(Booked.find(usage, here.tenant().id(), here.project().id(), Objects.requireNonNull(turn.call()), turn.brokeOff())),
                    found -> found.ifPresent(booked -> {
                        turn.booked(booked);
                        drawBooks();
                    }),
                    unreachable -> {})); // Asked again when the service tells of usage.
        }
    }

    private void cleared() {
        clear();
        drawBooks();
        drawCode();
    }

    private void clear() {
        stop();
        first.clear();
        second.clear();
        composer.answered();
    }

    private void drawBooks() {
        List<Turn> turns = turns().toList();
        soFar.removeAll();
        Panel panel = SoFar.of(turns);
        soFar.setVisible(panel != null);
        if (panel != null) {
            soFar.add(panel);
        }
        composer.hint(SoFar.words(turns));
    }

    private void drawLimits() {
        Place here = Objects.requireNonNull(place);
        left.removeAll();
        Panel panel = LimitsLeft.of(limits.list(here.tenant().id()), here, chosen, me());
        if (panel != null) {
            left.add(panel);
        }
    }

    private void drawCode() {
        code.removeAll();
        code.setVisible(address().get(CodePanel.CODE) != null && !chosen.isEmpty());
        if (code.isVisible()) {
            Terms terms = settings.terms();
            code.add(CodePanel.of(calls(terms, talk -> talk.again(terms)), address()));
        }
    }
}

package dev.penstock.ui.keys;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.KeyReport;
import dev.penstock.contract.quota.KeyReportView;
import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Csv;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of a project: what programs call models with. */
@Route(Destination.Paths.KEYS)
@PermitAll
class KeysView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String NEW = "new";
    private static final String REVOKE = "revoke";
    private static final String ROTATE = "rotate";
    private static final String SECRETS = "secrets";
    private static final String KEY = "key";
    private static final String SHOW = "show";
    private static final String CHECK = "check";
    private static final Duration SOON = Duration.ofDays(14);

    private final transient KeysApi keys;
    private final transient GatewayApi gateway;
    private final transient LimitsApi limits;
    private final transient NewIds ids;
    private final transient Clock clock;
    private final Markup list = Markup.of("div", "stack");
    private String hint = "";

    KeysView(Viewer viewer, KeysApi keys, GatewayApi gateway, LimitsApi limits, NewIds ids, Clock clock) {
        super("Keys", viewer);
        this.keys = keys;
        this.gateway = gateway;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "key", "limit") && inScope(change);
    }

    @Override
    protected void show() {
        removeAll();
        List<Place> places = Place.of(me(), scope());
        PageHead head = listHead();
        if (!places.isEmpty()) {
            head.actions(Link.button(Icon.PLUS, "New key", address().with(Address.DO, NEW)).css("primary"));
        }
        if (Roles.readsAudit(me())) {
            head.actions(Link.button(Icon.SEARCH, "Check for leaks", address().with(Address.DO, CHECK)));
        }
        add(
                head.under("Programs call models with a key; people call with their own sign-in."),
                Markup.of("div", "filters", segments()),
                list);
        refresh();
        if (address().is(Address.DO, CHECK) && Roles.readsAudit(me())) {
            opened(new CheckDialog(keys).confirmation(), Address.DO);
        } else if (address().is(Address.DO, NEW) && !places.isEmpty()) {
            opened(new NewKeyDialog(keys, gateway, clock, ids, places).confirmation(), Address.DO);
        } else if (address().get(KEY) != null) {
            listed().stream().filter(key -> address().is(KEY, key.id().toString())).findFirst().flatMap(this::dialog).ifPresent(dialog -> opened(dialog, Address.DO, KEY));
        }
    }

    /** What the address asks for, where it is possible. */
    private Optional<Confirmation> dialog(KeyView key) {
        return switch (address().get(Address.DO, "")) {
            case REVOKE -> Optional.of(key).filter(KeysView::mayBeRevoked).map(each -> RevokeDialog.of(keys, each, models(each), clock.instant()));
            case ROTATE -> Optional.of(key).filter(KeysView::mayBeRotated).map(each -> new RotateDialog(keys, each).confirmation());
            case SECRETS -> Optional.of(key).filter(KeysView::hasTwoToEnd).map(each -> new SecretsDialog(keys, each, clock.instant()).confirmation());
            default -> Optional.empty();
        };
    }

    private static boolean mayBeRevoked(KeyView key) {
        return key.mayChange() && key.state() == KeyView.State.ACTIVE;
    }

    private static boolean mayBeRotated(KeyView key) {
        return key.mayRotate() && key.state() == KeyView.State.ACTIVE && key.secrets().size() < 2;
    }

    private static boolean hasTwoToEnd(KeyView key) {
        return key.mayChange() && key.secrets().size() == 2;
    }

    @Override
    protected void refresh() {
        List<KeyView> shown = listed();
        list.removeAll();
        var panel = new Panel("Keys").hint(hint);
        if (shown.isEmpty()) {
            list.add(panel.wide(empty()));
        } else {
            list.add(panel.actions(Csv.download("CSV", "keys-" + which().word() + ".csv", () -> KeysCsv.of(shown))).wide(table(shown)));
        }
    }

    private Segments segments() {
        var segments = new Segments("Which keys", address(), SHOW, Which.ACTIVE.word());
        for (Which each : Which.values()) {
            segments.segment(each.word(), each.title());
        }
        return segments;
    }

    private Which which() {
        return Stream.of(Which.values()).filter(each -> address().is(SHOW, each.word())).findFirst().orElse(Which.ACTIVE);
    }

    /** As the address asks; {@link #hint} says of them what there is to say. */
    private List<KeyView> listed() {
        KeyReport report = which().report();
        if (report != null) {
            KeyReportView reported = keys.report(report, scope().tenantId(), scope().projectId());
            hint = Quantities.count(reported.keys().size()) + ": " + Which.words(report, reported.days());
            return reported.keys();
        }
        List<KeyView> shown = all().stream().filter(key -> which() == Which.ALL || key.state() == KeyView.State.ACTIVE).toList();
        hint = Quantities.count(shown.size());
        return shown;
    }

    private List<KeyView> all() {
        return keys.list(scope().tenantId(), scope().projectId());
    }

    private Table<KeyView> table(List<KeyView> shown) {
        Map<KeyId, List<LimitView>> limited = limits.list(scope().tenantId()).stream()
                .filter(limit -> limit.key() != null)
                .collect(Collectors.groupingBy(limit -> Objects.requireNonNull(limit.key())));
        var table = new Table<KeyView>("Keys", "")
                .sorted(address(), this::remember)
                .column("State", this::state).by(KeyView::state)
                .column("Key", this::name).by(KeyView::name)
                .column("Project", "minor", key -> Cells.text(key.projectName())).by(KeyView::projectName)
                .column(which() == Which.OVERDUE ? "Secret made" : "May call", "minor", which() == Which.OVERDUE ? this::secretMade : KeysView::scope)
                .column("Limits", "minor", key -> limits(limited.getOrDefault(key.id(), List.of())))
                .column("Last used", "num minor", key -> key.lastUsedAt() == null ? Cells.quiet("never") : Moment.ago(Objects.requireNonNull(key.lastUsedAt()), clock.instant()))
                .by(key -> Objects.requireNonNullElse(key.lastUsedAt(), Instant.MIN))
                .column("Expires", "num minor", this::expires).by(key -> Objects.requireNonNullElse(key.expiresAt(), Instant.MAX))
                .column("By", "minor", key -> Cells.text(key.createdBy())).by(KeyView::createdBy)
                .untitled("Change", "num", this::changes);
        table.show(shown);
        return table;
    }

    private Component state(KeyView key) {
        return switch (key.state()) {
            case ACTIVE -> key.secrets().isEmpty() ? Badge.bare(Tone.WARN, "No secret") : endsSoon(key) ? Badge.bare(Tone.WARN, "Ends soon") : Badge.bare(Tone.OK, "Active");
            case EXPIRED -> Badge.bare(Tone.OFF, "Expired");
            case REVOKED -> Markup.of("span", "", Badge.bare(Tone.OFF, "Revoked")).hover(key.revokedBy() == null ? "" : "by " + key.revokedBy());
        };
    }

    private boolean endsSoon(KeyView key) {
        Instant end = key.expiresAt();
        return end != null && end.isBefore(clock.instant().plus(SOON));
    }

    private Component name(KeyView key) {
        Markup cell = Markup.of("span", "", Markup.text("span", "strong", key.name()), Markup.text("span", "sub mono", key.start() + "…"));
        if (key.secrets().size() == 2) {
            KeySecret old = key.secrets().getLast();
            cell.add(
                    Markup.text("span", "sub mono", old.start() + "…"),
                    Markup.of("span", "sub", Markup.plain("works too, for "), Moment.until(Objects.requireNonNull(old.endsAt()), clock.instant())));
        }
        if (key.purpose() != null) {
            cell.add(Markup.text("span", "sub", key.purpose()));
        }
        return cell;
    }

    /** Which models, and under them what narrows the key besides. */
    private static Component scope(KeyView key) {
        Markup cell = Markup.of("span", "", Cells.quiet(models(key)));
        if (key.operations() != null) {
            cell.add(Markup.text("span", "sub", "for " + String.join(", ", key.operations())));
        }
        if (key.networks() != null) {
            cell.add(Markup.text("span", "sub", "from " + String.join(", ", key.networks())));
        }
        return cell;
    }

    private Component secretMade(KeyView key) {
        Instant made = KeysCsv.secretMadeAt(key);
        return made == null ? Cells.quiet("none works") : Moment.ago(made, clock.instant());
    }

    private static String models(KeyView key) {
        List<String> only = key.models();
        return only == null ? "all of its project" : String.join(", ", only);
    }

    private static Component limits(List<LimitView> ofKey) {
        return ofKey.isEmpty()
                ? Cells.quiet("its project's")
                : Markup.text("span", ofKey.stream().anyMatch(Limits::isNear) ? "is-warn" : "", ofKey.stream().map(Limits::sentence).collect(Collectors.joining(", ")));
    }

    private Component expires(KeyView key) {
        Instant end = key.expiresAt();
        if (end == null) {
            return Cells.quiet("never");
        }
        return key.state() == KeyView.State.ACTIVE ? Moment.until(end, clock.instant()) : Cells.quiet(PersonTime.day(end));
    }

    private Component changes(KeyView key) {
        Markup links = Markup.of("span", "rowactions");
        if (mayBeRotated(key)) {
            links.add(link("Rotate", ROTATE, key).css("small").label("Rotate " + key.name()));
        }
        if (hasTwoToEnd(key)) {
            links.add(link("Secrets", SECRETS, key).css("small").label("Secrets of " + key.name()));
        }
        if (mayBeRevoked(key)) {
            links.add(link("Revoke", REVOKE, key).css("small danger").label("Revoke " + key.name()));
        }
        return links;
    }

    private Link link(String title, String what, KeyView key) {
        return Link.button(title, address().with(Address.DO, what).with(KEY, key.id().toString()));
    }

    private Component empty() {
        KeyReport report = which().report();
        if (report != null) {
            return new EmptyState(Icon.KEY, Which.none(report), "There is nothing to do here.");
        }
        if (!all().isEmpty()) {
            return new EmptyState(Icon.KEY, "No active key", "All keys here have expired or were revoked.", Link.button("Show all", address().with(SHOW, Which.ALL.word())));
        }
        var empty = new EmptyState(Icon.KEY, "No keys yet", "A key lets a program call the models of its project, within the project's limits. Its secret is shown once.");
        if (!Place.of(me(), scope()).isEmpty()) {
            empty.add(Link.button(Icon.PLUS, "New key", address().with(Address.DO, NEW)));
        }
        return empty;
    }
}

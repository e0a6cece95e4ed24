package dev.penstock.ui.newslice;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.Problem;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Asking;
import dev.penstock.ui.base.Choices;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks for a slice, on one page. */
@Route(Destination.Paths.NEW_SLICE)
@PermitAll
class NewSliceView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String INTENT = "intent";
    private static final String PROFILE = "profile";
    private static final String HOURS = "hours";
    private static final String MEMORY = "memory";
    private static final String IMAGE = "image";
    private static final String VOLUME = "volume";
    private static final int LEAST_MEMORY = 8;

    private final transient SliceProfilesApi profilesApi;
    private final transient SliceRequestsApi requests;
    private final transient LimitsApi limits;
    private final transient NewIds ids;
    private final transient WorkspaceImagesApi images;

    private final transient Order order = new Order(this::orderChanged);
    private final transient Runs runs = new Runs(this::orderChanged);
    private final Choices<Intent> intents = new Choices<>("How far away must others be?", "intent", this::intended);
    private final ProfileTable table = new ProfileTable(this::picked);
    private final Panel picks = new Panel("What we pick");
    private final Markup reason = Markup.of("div", "body stack");
    private final Markup more = Markup.of("p", "hint");
    private final Markup use = Markup.of("div", "stack");
    private final Asking asking = new Asking(order.purpose(), "Get the slice", this::submit);
    private transient List<SliceProfileView> profiles = List.of();
    private transient List<Place> places = List.of();
    private transient @Nullable Place place;
    private transient @Nullable SliceProfileView chosen;
    private transient Intent intent = Intent.OWN_MEMORY;
    private transient RequestId request;
    private boolean filling;

    NewSliceView(Viewer viewer, SliceProfilesApi profiles, SliceRequestsApi requests, LimitsApi limits, WorkspaceImagesApi images, NewIds ids) {
        super("New slice", viewer);
        this.profilesApi = profiles;
        this.requests = requests;
        this.limits = limits;
        this.ids = ids;
        this.images = images;
        this.request = new RequestId(ids.next());
        for (Intent each : Intent.values()) {
            intents.choice(each, each.title(), each.hint());
        }
        picks.wide(reason, table, Markup.of("div", "body", more));
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice", "fleet", "limit", "tenant");
    }

    @Override
    protected void show() {
        removeAll();
        add(new Crumbs().step(scope().title(), address().to("")).step("Slices", address().to(Destination.Paths.SLICES)), new PageHead("New slice"));
        places = Place.of(me(), scope());
        if (places.isEmpty()) {
            add(new EmptyState(
                    Icon.SLICE,
                    "You are not a member of a project yet",
                    "A slice belongs to a project. Ask an owner of your tenant to add you, or one of your groups, as a member."));
            return;
        }
        place = places.getFirst();
        filling = true;
        intent = address().get(INTENT, Intent.OWN_MEMORY);
        intents.mark(intent);
        order.hours().setValue(Objects.requireNonNullElse(address().number(HOURS), 8));
        order.memory().setValue(Objects.requireNonNullElse(address().number(MEMORY), LEAST_MEMORY));
        Panel runsPanel = runs.panel(images.list(), address().get(IMAGE), address().number(VOLUME));
        filling = false;
        add(Markup.of(
                        "div",
                        "cols",
                        Markup.of("div", "stack", new Panel("How far away must others be?").body(intents), runsPanel, detailsPanel(), picks),
                        Markup.of("div", "stack sticky", use, asking))
                .style("--cols", "minmax(0,1fr) 360px"));
        refresh();
    }

    /** Profiles and quota as they are now; what is being typed stays. */
    @Override
    protected void refresh() {
        if (place == null) {
            return;
        }
        profiles = profilesApi.ofTenant(place.tenant().id());
        SliceProfileView before = chosen;
        String wanted = before == null ? address().get(PROFILE) : before.id();
        SliceProfileView same = profiles.stream().filter(each -> each.id().equals(wanted)).findFirst().orElse(null);
        chosen = same != null && intent == Intent.KNOWN ? same : intent.pick(profiles, order.memoryGb());
        update();
    }

    private Panel detailsPanel() {
        var fields = Markup.of("div", "cols").style("--cols", "repeat(auto-fit, minmax(160px, 1fr))").style("gap", "12px");
        if (places.size() > 1) {
            Select<Place> project = Fields.select("Project", places, each -> each.project().name());
            project.setValue(place);
            project.addValueChangeListener(change -> {
                place = change.getValue();
                // What is free depends on whose it would be.
                refresh();
            });
            fields.add(project);
        }
        fields.add(order.name(), order.hours(), order.day(), order.hour(), order.memory());
        return new Panel("Name, time and memory").body(fields);
    }

    private void intended(Intent now) {
        intent = now;
        if (now != Intent.KNOWN) {
            chosen = now.pick(profiles, order.memoryGb());
        }
        update();
    }

    private void picked(SliceProfileView profile) {
        chosen = profile;
        intent = Intent.KNOWN;
        intents.mark(intent);
        update();
    }

    private void orderChanged() {
        if (filling || place == null) {
            return;
        }
        if (intent != Intent.KNOWN) {
            chosen = intent.pick(profiles, order.memoryGb());
        }
        update();
    }

    private void update() {
        SliceProfileView profile = chosen;
        remember(address()
                .with(INTENT, Address.word(intent))
                .with(PROFILE, intent == Intent.KNOWN && profile != null ? profile.id() : null)
                .with(IMAGE, runs.image())
                .with(VOLUME, runs.spec() == null ? null : String.valueOf(runs.volume()))
                .with(HOURS, String.valueOf(order.leaseHours()))
                .with(MEMORY, intent == Intent.KNOWN ? null : String.valueOf(order.memoryGb())));
        order.memory().setVisible(intent != Intent.KNOWN);
        explain(profile);
        table.show(offered(), profile, each -> intent.accepts(each, order.memoryGb()), order.leaseHours());
        notOffered();
        use.removeAll();
        if (profile == null) {
            asking.impossible("Nothing that the fleet has fits. Ask for less memory or let others be nearer, or tell your administrators what you need.");
            return;
        }
        preview(Objects.requireNonNull(place), profile);
    }

    private void explain(@Nullable SliceProfileView profile) {
        reason.removeAll();
        reason.setVisible(profile != null);
        if (profile != null) {
            picks.hint(intent.why(profile, order.memoryGb()));
            reason.with(Markup.of("p", "", Markup.text("strong", "", profile.name() + " of " + profile.device() + ". "), Markup.plain(profile.isolation())));
        } else {
            picks.hint(null);
        }
    }

    /** What no node has need not be read, unless somebody looks for it by name; and then of devices that the fleet has. */
    private List<SliceProfileView> offered() {
        Set<String> devices = profiles.stream().filter(each -> each.total() > 0).map(SliceProfileView::device).collect(Collectors.toSet());
        return profiles.stream()
                .filter(each -> each.total() > 0 || each.equals(chosen) || intent == Intent.KNOWN && devices.contains(each.device()))
                .toList();
    }

    private void notOffered() {
        int hidden = profiles.size() - offered().size();
        more.setVisible(hidden > 0);
        more.setText(Quantities.count(hidden, "more profile is", "more profiles are") + " known that no node offers now."
                + (intent == Intent.KNOWN ? "" : " “" + Intent.KNOWN.title() + "” says why of each whose device the fleet has."));
    }

    private void preview(Place at, SliceProfileView profile) {
        asking.show(
                () -> {
                    RequestPreview preview = requests.preview(at.tenant().id(), at.project().id(), order.draft(profile, runs.spec()));
                    use.add(Consequences.use(preview, profile, order.leaseHours()));
                    return preview;
                },
                () -> LimitRows.ofSlice(limits.list(at.tenant().id()), at.project().id(), profile.id()));
    }

    private void submit() {
        SliceProfileView profile = chosen;
        Place at = place;
        if (profile == null || at == null || !order.isComplete() || !runs.isComplete()) {
            return;
        }
        asking.refused(null);
        try {
            SliceRequestView asked = requests.submit(at.tenant().id(), at.project().id(), request, order.spec(profile, runs.spec()));
            // This id is used up, whatever is asked for next.
            request = new RequestId(ids.next());
            SliceId slice = asked.slice();
            go(address().to(slice == null
                    ? Destination.Paths.REQUESTS + "/" + asked.tenant() + "/" + asked.id()
                    : Destination.Paths.SLICES + "/" + asked.tenant() + "/" + slice));
        } catch (BackendProblem refused) {
            if (refused.is(Problem.EXISTS_BUT_DIFFERENT)) {
                // Otherwise the id stays: what was refused does not exist, and what was asked for without our hearing of it is not asked for twice.
                request = new RequestId(ids.next());
            }
            asking.refused(refused);
        }
    }
}

package dev.penstock.ui.slice;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.WorkspacesApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Idleness;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NodeName;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.SliceTable;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One slice: where it stands and why, what really happened, how long it lasts, how to get in. */
@Route(Destination.Paths.SLICES + "/:tenant/:slice")
@PermitAll
class OneSliceView extends Screen {

    private static final long serialVersionUID = 1L;

    private static final String KEEP = "keep";
    private static final String EXTEND = "extend";
    private static final String SUSPEND = "suspend";
    private static final String RESUME = "resume";
    private static final String RELEASE = "release";

    private final transient SlicesApi slices;
    private final transient IdlenessApi idleness;
    private final transient WorkspacesApi workspaces;
    private final transient Clock clock;
    private boolean waits;

    OneSliceView(Viewer viewer, SlicesApi slices, IdlenessApi idleness, WorkspacesApi workspaces, Clock clock) {
        super("Slice", viewer);
        this.slices = slices;
        this.idleness = idleness;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice") && address().path().endsWith(change.subject()) || isAbout(change, "queue") && waits;
    }

    @Override
    protected void show() {
        SliceDetail detail = refreshed();
        if (detail.slice().mayChange() && detail.slice().state().live()) {
            openDialog(detail);
        }
    }

    @Override
    protected void refresh() {
        refreshed();
    }

    private SliceDetail refreshed() {
        String[] path = address().path().split("/");
        SliceDetail detail = slices.get(PathIds.of(path[1], TenantId::of), PathIds.of(path[2], SliceId::of));
        SliceView slice = detail.slice();
        var idle = new Idleness(idleness.list(slice.tenant(), slice.project()));
        waits = slice.state() == SliceState.QUEUED;
        removeAll();
        add(
                new Crumbs().step(slice.projectName(), address().to("")).step("Slices", address().to(Destination.Paths.SLICES)),
                head(slice, idle),
                figures(detail));
        ProblemPanel why = why(slice);
        var left = Markup.of("div", "stack");
        if (why != null) {
            left.add(why);
        }
        ProblemPanel notice = IdleNotices.notice(slice, idle, clock.instant());
        if (notice != null) {
            left.add(notice);
        }
        left.add(new Panel("Timeline").hint(took(detail)).body(new SliceTimeline(detail)));
        add(Markup.of("div", "cols", left, Markup.of("div", "stack", new Connect(workspaces, getUI()::orElseThrow).panel(detail), facts(detail, idle))).style("--cols", "minmax(0,1fr) 400px"));
        return detail;
    }

    private PageHead head(SliceView slice, Idleness idle) {
        Instant now = clock.instant();
        var head = new PageHead(slice.name()).beside(badge(slice, idle, now));
        if (slice.mayChange() && slice.state().live()) {
            head.actions(actions(slice, idle).stream().map(this::action).toArray(Component[]::new));
        }
        return head.under(slice.profile() + " · " + slice.projectName() + " of " + slice.tenantName() + " · held by " + slice.holder());
    }

    private static Component badge(SliceView slice, Idleness idle, Instant now) {
        if (slice.givesBackAt() != null) {
            return Badge.pill(Tone.WARN, "Asked back");
        }
        if (idle.suspendsAt(slice) != null) {
            return Badge.pill(Tone.WARN, "Ready, idle");
        }
        return SliceTable.endsSoon(slice, now)
                ? Badge.pill(Tone.WARN, "Ready, ends soon")
                : Badge.pill(Badge.tone(slice.state()), Badge.word(slice));
    }

    /** What may be done with it as it stands, in the order of the buttons; each is a dialog of that address. */
    private static List<String> actions(SliceView slice, Idleness idle) {
        List<String> actions = new ArrayList<>();
        if (idle.suspendsAt(slice) != null) {
            actions.add(KEEP);
        }
        if (SuspendDialogs.resumes(slice)) {
            actions.add(RESUME);
        }
        if (slice.leaseEndsAt() != null) {
            actions.add(EXTEND);
        }
        if (SuspendDialogs.suspends(slice)) {
            actions.add(SUSPEND);
        }
        actions.add(RELEASE);
        return actions;
    }

    private Component action(String action) {
        var link = Link.button(action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1), address().with(Address.DO, action));
        return action.equals(RELEASE) ? link.css("danger") : action.equals(RESUME) || action.equals(KEEP) ? link.css("primary") : link;
    }

    private KeyFigures figures(SliceDetail detail) {
        SliceView slice = detail.slice();
        Instant now = clock.instant();
        Instant end = slice.leaseEndsAt();
        Instant ended = slice.endedAt();
        String lease = Quantities.duration(Duration.ofSeconds(slice.leaseSeconds()));
        var figures = new KeyFigures();
        if (ended != null) {
            figures.figure("Ended", Moment.ago(ended, now), PersonTime.exact(ended));
        } else if (slice.queue() != null) {
            QueueFigures.add(figures, slice.queue(), now);
        } else if (slice.givesBackAt() != null) {
            figures.figure("Stops in", Moment.until(slice.givesBackAt(), now), PersonTime.dayAndTime(slice.givesBackAt()) + ", if its part is still needed then");
        } else if (end != null) {
            figures.figure("Ends in", Moment.until(end, now), PersonTime.dayAndTime(end));
        } else {
            figures.figure("Ends", "–", "", "the lease runs from when it is ready");
        }
        figures.figure("Lease", lease, "", "asked for and approved");
        figures.figure("Used so far", Quantities.gpuHours(slice.gpuTime()), "GPU-hours", rest(detail));
        boolean waits = slice.state() == SliceState.QUEUED || slice.state() == SliceState.SUSPENDED || slice.queue() != null;
        int times = waits ? slice.phase() - 1 : slice.phase();
        figures.figure("Brought up", Quantities.count(times), times == 1 ? "time" : "times", times <= 1 ? "never lost its node" : "anew after a lost node, a pause, or a part given back");
        return figures;
    }

    /** What of the lease is not used comes back. */
    private static String rest(SliceDetail detail) {
        GpuTime setAside = detail.setAside();
        GpuTime used = detail.slice().gpuTime();
        GpuTime rest = new GpuTime(Math.max(0, setAside.partSeconds() - used.partSeconds()));
        String of = "of " + Quantities.gpuHours(setAside) + " set aside; ";
        return detail.slice().state().live()
                ? of + "what is not used comes back"
                : of + Quantities.gpuHours(rest) + " given back";
    }

    private static @Nullable ProblemPanel why(SliceView slice) {
        String reason = slice.reason();
        if (slice.givesBackAt() != null) {
            return new ProblemPanel(
                    Tone.WARN, "Its part is borrowed and is asked back",
                    "Somebody below their guaranteed share waits, and no other part is free. It stops at the end of the notice if that is still so; it waits "
                            + "in the queue then and comes back by itself. Its GPU time and its lease stand still meanwhile.",
                    "Save what must be kept: what is not on a volume is lost when it stops.", null);
        }
        if (reason == null) {
            return null;
        }
        return switch (slice.state()) {
            case QUEUED -> new ProblemPanel(Tone.BUSY, "Waits: " + reason, "What it will use is counted only once it is ready.", "Nothing to do: it goes on by itself.", null);
            case PROVISIONING -> new ProblemPanel(
                    Tone.BUSY, reason, slice.queue() == null ? null : "What it will use is counted only once it is ready.", slice.queue() == null ? null : "Nothing to do: it goes on by itself.", null);
            case RESERVED, DRAINING -> new ProblemPanel(Tone.BUSY, reason, null, null, null);
            case SUSPENDED -> new ProblemPanel(
                    Tone.WARN, reason, "No GPU time runs. Quota stays set aside, and the lease goes on.", "Resume it to have it back as soon as there is a part for it, or release it.", null);
            case FAILED -> new ProblemPanel(Tone.BAD, "It failed: " + reason, "What was set aside is given back; only ready time was counted.", "Ask for a new slice once the cause is gone.", null);
            // One that is ready has a reason only where something is wrong with its staying so: it has to leave its node, or the cluster does not answer.
            case READY -> new ProblemPanel(Tone.WARN, reason, null, null, null);
            case RELEASED, EXPIRED -> null;
        };
    }

    private static @Nullable String took(SliceDetail detail) {
        Instant ready = detail.slice().readyAt();
        return ready == null
                ? null
                : "ready in " + Quantities.duration(Duration.between(detail.slice().createdAt(), ready));
    }

    private static Panel facts(SliceDetail detail, Idleness idle) {
        SliceView slice = detail.slice();
        var facts = new Facts()
                .code("Profile", slice.profile())
                .fact("Runs on", slice.node() == null ? "not placed" : NodeName.inWords(slice.node()))
                .code("Namespace", detail.namespace())
                .fact("Asked for", Cells.text(PersonTime.exact(slice.createdAt())));
        Instant ready = slice.readyAt();
        if (ready != null) {
            facts.fact("Ready", PersonTime.exact(ready));
        }
        if (slice.state() == SliceState.READY && slice.endpoint() == null) {
            facts.fact("GPU activity", idle.inWords(slice));
        }
        facts.fact("Longest lease", Quantities.duration(Duration.ofSeconds(detail.longestLeaseSeconds())) + ", by policy of " + slice.tenantName());
        if (detail.workspace() != null) {
            facts.fact("Runs", detail.workspace().title()).code("Image", detail.workspace().reference())
                    .fact("Volume", detail.workspace().volumeGib() + " GiB, kept until the slice ends");
        }
        return new Panel("Where it is").body(facts.code("Slice", slice.id().toString()));
    }

    private void openDialog(SliceDetail detail) {
        SliceView slice = detail.slice();
        List<String> possible = actions(slice, new Idleness(idleness.list(slice.tenant(), slice.project())));
        String asked = possible.stream().filter(each -> address().is(Address.DO, each)).findFirst().orElse("");
        switch (asked) {
            case KEEP -> opened(IdleNotices.keep(slice, () -> kept(slice)), Address.DO);
            case EXTEND -> opened(new ExtendDialog(detail, lease -> slices.extend(slice.tenant(), slice.id(), lease)).confirmation(), Address.DO);
            case SUSPEND -> opened(SuspendDialogs.suspend(slice, () -> changed(slices.suspend(slice.tenant(), slice.id()))), Address.DO);
            case RESUME -> opened(SuspendDialogs.resume(slice, clock.instant(), () -> changed(slices.resume(slice.tenant(), slice.id()))), Address.DO);
            case RELEASE -> opened(release(detail), Address.DO);
            default -> {}
        }
    }

    private void kept(SliceView slice) {
        idleness.keep(slice.tenant(), slice.id());
        refreshed();
        Toast.done("Slice " + slice.name() + " is kept.");
    }

    private void changed(SliceDetail detail) {
        refreshed();
        Toast.done("Slice " + detail.slice().name() + ": " + Badge.word(detail.slice()).toLowerCase(Locale.ROOT) + ".");
    }

    private Confirmation release(SliceDetail detail) {
        SliceView slice = detail.slice();
        var confirmation = new Confirmation(
                "Release " + slice.name() + "?",
                Markup.text("p", "", "The workspace stops at once. " + (detail.workspace() == null
                        ? "What is not on a volume is lost; what was set aside and not used is given back."
                        : "Its volume and all files go with it; what was set aside and not used is given back.")),
                Markup.of(
                        "ul",
                        "loses",
                        Markup.of("li", "", Markup.text("span", "", "Part given back"), Markup.text("span", "num", slice.profile())),
                        Markup.of("li", "", Markup.text("span", "", "Used so far"), Cells.gpuHours(slice.gpuTime()))));
        var confirm = Action.danger("Release " + slice.name(), () -> confirmation.attempt(() -> {
            slices.release(slice.tenant(), slice.id());
            refreshed();
        }));
        return confirmation.buttons("Keep it", confirm.css("primary"));
    }
}

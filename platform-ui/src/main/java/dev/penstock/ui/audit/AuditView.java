package dev.penstock.ui.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.penstock.contract.Change;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.AuditPage;
import dev.penstock.ui.backend.AuditBundle;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who did what, and that nobody has altered it. */
@Route(Destination.Paths.AUDIT)
@PermitAll
class AuditView extends Screen {

    static final String ENTRY = "entry";

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    private final transient AuditApi audit;
    private final transient AuditBundle bundle;
    private final transient Clock clock;
    private final Markup body = Markup.of("div", "cols");
    private transient @Nullable SealPanel seal;
    private transient @Nullable FilterBar filters;
    private transient @Nullable AuditPage page;

    AuditView(Viewer viewer, AuditApi audit, AuditBundle bundle, Clock clock) {
        super("Audit trail", viewer);
        this.audit = audit;
        this.bundle = bundle;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "audit");
    }

    @Override
    protected void show() {
        AuditPage read = read();
        var sealPanel = new SealPanel(audit, address());
        sealPanel.update();
        var bar = new FilterBar(address(), me(), this::go);
        seal = sealPanel;
        filters = bar;
        removeAll();
        add(new PageHead("Audit trail").actions(export()), sealPanel, bar, body);
        draw(read);
        openDialog();
    }

    /** New entries come in at the top; a page further back stays as it is. */
    @Override
    protected void refresh() {
        SealPanel sealPanel = seal;
        if (sealPanel != null) {
            sealPanel.update();
        }
        if (Filter.of(address()).before() == null) {
            AuditPage read = read();
            if (!read.equals(page)) {
                draw(read);
            }
        }
    }

    private AuditPage read() {
        Filter filter = Filter.of(address());
        return audit.entries(
                filter.before(),
                PAGE,
                filter.text(),
                filter.actor(),
                filter.action(),
                filter.tenant(),
                filter.outcome(),
                filter.time().from(clock.instant(), PersonTime.zone()),
                null);
    }

    private void draw(AuditPage read) {
        page = read;
        FilterBar bar = filters;
        if (bar != null) {
            bar.count(matching(read) + (read.matching() == 1 ? " entry" : " entries"));
        }
        String entry = address().get(ENTRY);
        body.removeAll();
        body.add(list(read));
        if (entry != null) {
            AuditEntry opened = audit.entry(PathIds.of(entry, Long::valueOf));
            body.add(new EntryPanel(opened, read, audit, address()));
        }
        body.style("--cols", entry == null ? "minmax(0,1fr)" : "minmax(0,1fr) 348px");
    }

    /** Counting ends somewhere; that many then means so many or more. */
    private String matching(AuditPage read) {
        boolean filtered = !address().without(Filter.BEFORE, ENTRY, Address.DO, Address.PROJECT).parameters().isEmpty();
        boolean more = filtered && read.matching() >= AuditPage.MOST_COUNTED;
        return Quantities.count(read.matching()) + (more ? " or more" : "");
    }

    private Component list(AuditPage read) {
        var panel = new Panel("Entries");
        if (read.entries().isEmpty()) {
            return panel.wide(new EmptyState(
                    Icon.AUDIT,
                    "No entry matches",
                    "Every change and every refusal stands here within seconds. Take a filter away to see more.",
                    Link.button("Show all", Address.of(address().path()))));
        }
        var table = new Table<AuditEntry>("Entries of the audit trail, newest first", "oneline")
                .column("Entry", "quiet", entry -> Markup.text("span", "num", Quantities.count(entry.index())))
                .column("Time", this::time)
                .column("Actor", entry -> Cells.text(entry.actor()))
                .column("Action", this::action)
                .column("Subject", "clip minor", entry -> Cells.text(entry.subjectName() == null ? entry.subjectId() : entry.subjectName()))
                .column("Tenant", "minor", entry -> Cells.quiet(entry.tenantName() == null ? "organisation" : entry.tenantName()))
                .column("Outcome", "minor", entry -> "refused".equals(entry.outcome()) ? Badge.bare(Tone.BAD, "Refused") : Badge.bare(Tone.OK, "Done"))
                .chosen(entry -> address().is(ENTRY, String.valueOf(entry.index())));
        table.show(read.entries());
        return panel.hint("reading them is recorded, too").wide(table).foot(pages(read));
    }

    private Component time(AuditEntry entry) {
        boolean today = Filter.Time.TODAY.from(clock.instant(), PersonTime.zone()) instanceof Instant midnight
                && !entry.at().isBefore(midnight);
        return Moment.exactly(entry.at(), today ? PersonTime.clock(entry.at()) : PersonTime.dayAndTime(entry.at()));
    }

    private Component action(AuditEntry entry) {
        return new Link(entry.action(), address().with(ENTRY, String.valueOf(entry.index()))).css("mono");
    }

    private Component[] pages(AuditPage read) {
        var shown = Markup.text("span", "", Quantities.count(read.entries().size()) + " of " + matching(read));
        var ways = Markup.of("span", "actions");
        if (Filter.of(address()).before() != null) {
            ways.add(new Link("Newest", address().without(Filter.BEFORE, ENTRY)));
        }
        Long next = read.next();
        if (next != null) {
            ways.add(new Link("Older", address().without(ENTRY).with(Filter.BEFORE, String.valueOf(next))));
        }
        return new Component[] {shown, ways};
    }

    private Anchor export() {
        DownloadHandler download = event -> {
            event.setFileName("penstock-audit.zip");
            event.setContentType("application/zip");
            bundle.writeTo(event.getOutputStream());
        };
        var anchor = new Anchor(download, "");
        anchor.add(Icon.DOWNLOAD.decorative(), Markup.plain("Export with proof"));
        anchor.addClassName("button");
        return anchor;
    }

    private void openDialog() {
        if (address().is(Address.DO, "verify")) {
            Confirmation dialog = VerifyYourself.dialog(audit.seal());
            Address without = address().without(Address.DO);
            dialog.whenClosed(() -> {
                if (isAttached()) {
                    remember(without);
                }
            });
            dialog.open();
        }
    }
}

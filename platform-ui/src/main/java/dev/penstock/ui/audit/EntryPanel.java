package dev.penstock.ui.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.AuditPage;
import dev.penstock.contract.quota.SealStatus;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.BeforeAfter;
import dev.penstock.ui.base.CopyLine;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry: who did what, what changed, and its proof. */
final class EntryPanel extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    EntryPanel(AuditEntry entry, AuditPage page, AuditApi audit, Address address) {
        super("div");
        addClassName("first-when-narrow");
        var panel = new Panel("Entry " + Quantities.count(entry.index())).actions(ways(entry, page, address));
        panel.body(facts(entry, address));
        if (entry.before() != null || entry.after() != null) {
            panel.body(Markup.text("h3", "", "What changed"), new BeforeAfter(entry.before(), entry.after()));
        }
        String file = "entry-" + entry.index() + ".json";
        panel.body(
                Markup.text("h3", "", "Proof"),
                proof(entry, audit.seal().checkpoint()),
                Markup.text("h3", "", "Check it without us"),
                new CopyLine("./penstock verify " + file),
                Markup.of("div", "row", download(entry.index(), file, audit)));
        add(panel);
    }

    private static Facts facts(AuditEntry entry, Address address) {
        Address by = address.without(Filter.BEFORE, AuditView.ENTRY);
        var facts = new Facts()
                .fact("Outcome", "refused".equals(entry.outcome()) ? Badge.bare(Tone.BAD, "Refused") : Badge.bare(Tone.OK, "Done"))
                .fact("Action", new Link(entry.action(), by.with(Filter.ACTION, entry.action())).css("mono"))
                .fact("Actor", Markup.of("span", "", new Link(entry.actor(), by.with(Filter.ACTOR, entry.actor())).css("inline"), Markup.plain(", " + entry.actorKind())))
                .fact("When", PersonTime.exact(entry.at()))
                .fact("Subject", subject(entry))
                .fact("Tenant", entry.tenantName() == null ? "organisation" : entry.tenantName());
        String reason = entry.reason();
        if (reason != null) {
            facts.fact("Reason", "“" + reason + "”");
        }
        return facts;
    }

    private static Component subject(AuditEntry entry) {
        String name = entry.subjectName();
        return Markup.of("span", "", Markup.plain(name == null ? entry.subjectId() : name), Markup.text("span", "quiet", ", " + entry.subjectKind()))
                .hover(entry.subjectId());
    }

    private static Facts proof(AuditEntry entry, SealStatus.@Nullable Checkpoint last) {
        Component seal = last == null || entry.index() >= last.size()
                ? Badge.bare(Tone.BUSY, "By the next checkpoint")
                : Badge.bare(Tone.OK, "Under checkpoint " + Quantities.count(last.number()));
        return new Facts()
                .fact("Sealed", seal)
                .fact("Leaf", Markup.text("span", "mono", Hashes.abbreviated(entry.leaf())).hover(entry.leaf()))
                .code("Reference", entry.reference());
    }

    private static Component[] ways(AuditEntry entry, AuditPage page, Address address) {
        List<AuditEntry> entries = page.entries();
        int at = -1;
        for (int i = 0; i < entries.size(); i++) {
            at = entries.get(i).index() == entry.index() ? i : at;
        }
        var ways = new ArrayList<Component>();
        if (at > 0) {
            ways.add(way(Icon.LEFT, "Newer entry", address, entries.get(at - 1)));
        }
        if (at >= 0 && at < entries.size() - 1) {
            ways.add(way(Icon.RIGHT, "Older entry", address, entries.get(at + 1)));
        }
        ways.add(new Link(address.without(AuditView.ENTRY), Icon.CLOSE.decorative()).css("iconbutton small").label("Close"));
        return ways.toArray(Component[]::new);
    }

    private static Link way(Icon icon, String label, Address address, AuditEntry to) {
        return new Link(address.with(AuditView.ENTRY, String.valueOf(to.index())), icon.decorative()).css("iconbutton small").label(label);
    }

    private static Anchor download(long index, String file, AuditApi audit) {
        var anchor = new Anchor(DownloadHandler.fromInputStream(request -> {
            byte[] proof = audit.proof(index).getBytes(StandardCharsets.UTF_8);
            return new DownloadResponse(new ByteArrayInputStream(proof), file, "application/json", proof.length);
        }), "");
        anchor.add(Icon.DOWNLOAD.decorative(), Markup.plain("Entry and proof"));
        anchor.addClassName("button");
        return anchor;
    }
}

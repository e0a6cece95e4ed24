package dev.penstock.ui.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.UI;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.SealStatus;
import dev.penstock.contract.quota.Verification;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.backend.Background;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import org.jspecify.annotations.Nullable;

/** The integrity of the trail, always in sight: what the last verification found, and the last checkpoint. */
final class SealPanel extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient AuditApi audit;
    private final Markup mark = Markup.of("span", "sealmark");
    private final Markup verdict = Markup.of("div", "");
    private final Markup facts = Markup.of("dl", "facts inline");
    private final Action verify = Action.of("Verify now", this::verify);
    private boolean verifying;

    SealPanel(AuditApi audit, Address address) {
        super("section");
        this.audit = audit;
        addClassNames("panel", "seal");
        getElement().setAttribute("aria-label", "Integrity");
        verdict.getElement().setAttribute("role", "status");
        add(
                mark,
                verdict,
                facts,
                Markup.of("span", "actions", new Link("Verify it yourself", address.with(Address.DO, "verify")).css("button plain"), verify));
    }

    void update() {
        SealStatus seal = audit.seal();
        facts.removeAll();
        SealStatus.Checkpoint checkpoint = seal.checkpoint();
        if (checkpoint == null) {
            fact("Checkpoint", Markup.plain("none yet"));
        } else {
            fact("Checkpoint", Markup.plain(Quantities.count(checkpoint.number()) + " at " + PersonTime.clock(checkpoint.at())));
            fact("Root", Markup.text("span", "mono", Hashes.abbreviated(checkpoint.root())).hover(checkpoint.root()));
            fact("Kept outside", Markup.plain(Quantities.count(checkpoint.copies(), "place", "places")));
        }
        if (!verifying) {
            show(seal.lastVerification(), seal);
        }
    }

    private void fact(String label, Component value) {
        facts.add(Markup.of("div", "", Markup.text("dt", "", label), Markup.of("dd", "", value)));
    }

    private void show(@Nullable Verification last, @Nullable SealStatus seal) {
        mark.setClassName("sealmark");
        if (last == null) {
            mark.addClassName("unknown");
            long sealed = seal == null ? 0 : seal.sealed();
            verdict(Icon.SHIELD, "Not verified yet", Quantities.count(sealed, "entry", "entries") + " sealed, not recomputed so far");
        } else if (last.intact()) {
            verdict(
                    Icon.SHIELD,
                    "Complete and unaltered",
                    Quantities.count(last.entries(), "entry", "entries") + ", verified " + PersonTime.clock(last.at()) + " in " + took(last));
        } else {
            mark.addClassName("broken");
            verdict(Icon.WARNING, "Altered: " + Quantities.count(last.findings().size(), "finding", "findings"), String.join(" · ", last.findings()));
        }
    }

    private void verdict(Icon icon, String title, String hint) {
        mark.removeAll();
        mark.add(icon.decorative());
        verdict.removeAll();
        verdict.add(Markup.text("b", "", title), Markup.text("span", "hint", hint));
    }

    private void verify() {
        UI ui = getUI().orElseThrow();
        verifying = true;
        verify.setEnabled(false);
        mark.setClassName("sealmark unknown");
        verdict(Icon.CLOCK, "Recomputing every entry", "from the first one on; the page stays usable");
        Background.run(ui, audit::verify, this::verified, this::refused);
    }

    private void verified(Verification verification) {
        ended();
        show(verification, null);
    }

    private void refused(BackendProblem problem) {
        ended();
        update();
        Toast.problem(problem);
    }

    private void ended() {
        verifying = false;
        verify.setEnabled(true);
    }

    private static String took(Verification verification) {
        long millis = verification.tookMillis();
        return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
}

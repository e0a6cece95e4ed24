package dev.penstock.ui.home;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.SealStatus;
import dev.penstock.contract.quota.Verification;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Quantities;
import java.time.Duration;
import java.time.Instant;

/** For an auditor: how far the trail is sealed, and when it was last recomputed. */
final class SealFigures extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    SealFigures(SealStatus seal, Instant now) {
        super("div");
        var figures = new KeyFigures();
        figures.figure("Entries sealed", Quantities.count(seal.sealed()), "", Quantities.count(seal.waiting()) + " wait for the next checkpoint");
        SealStatus.Checkpoint checkpoint = seal.checkpoint();
        if (checkpoint == null) {
            figures.figure("Last checkpoint", "none", "", "the first follows the first entry");
        } else {
            figures.figure(
                    "Last checkpoint",
                    Quantities.count(checkpoint.number()),
                    ago(checkpoint.at(), now),
                    Quantities.count(checkpoint.size()) + " entries, kept in " + Quantities.count(checkpoint.copies(), "place", "places")
                            + " outside");
        }
        Verification last = seal.lastVerification();
        if (last == null) {
            figures.figure("Last verification", "never", "", "since the service started");
        } else if (last.intact()) {
            figures.figure("Last verification", "Intact", ago(last.at(), now), Quantities.count(last.entries()) + " entries in " + last.tookMillis() + " ms");
        } else {
            figures.warning("Last verification", Quantities.count(last.findings().size()), "findings", ago(last.at(), now));
        }
        add(figures);
    }

    private static String ago(Instant time, Instant now) {
        return Quantities.duration(Duration.between(time, now)) + " ago";
    }
}

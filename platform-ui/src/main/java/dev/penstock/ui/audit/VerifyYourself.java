package dev.penstock.ui.audit;

import dev.penstock.contract.quota.SealStatus;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.CopyLine;
import dev.penstock.ui.base.Markup;

/** How to check the trail without trusting this portal, its services or its database. */
final class VerifyYourself {

    private VerifyYourself() {}

    static Confirmation dialog(SealStatus seal) {
        var steps = Markup.of(
                "ol",
                "steps",
                Markup.of("li", "", Markup.plain("Download the bundle with “Export with proof”: every entry, the checkpoints and the key.")),
                Markup.of("li", "", Markup.plain("Run the verifier, on a machine of your own:"), new CopyLine("./penstock verify penstock-audit.zip")),
                Markup.of("li", "", Markup.plain("Compare the key it names with the one you were given when the installation began:"), new CopyLine(seal.verifierKey())));
        var dialog = new Confirmation(
                "Verify it yourself",
                Markup.text("p", "", "The verifier depends on nothing else of Penstock. It recomputes every hash and checks every signature."),
                steps);
        SealStatus.Checkpoint checkpoint = seal.checkpoint();
        if (checkpoint != null) {
            steps.add(Markup.of(
                    "li",
                    "",
                    Markup.plain("Keep this checkpoint. Whoever holds it finds any later alteration of what it covers."),
                    Markup.text("pre", "note", checkpoint.note()).attribute("tabindex", "0").attribute("aria-label", "Checkpoint")));
        }
        dialog.getFooter().add(Action.of("Close", dialog::close));
        return dialog;
    }
}

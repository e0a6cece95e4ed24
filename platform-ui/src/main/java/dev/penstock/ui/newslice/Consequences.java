package dev.penstock.ui.newslice;

import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;

/** What asking would mean: what it uses at most. */
final class Consequences {

    private Consequences() {}

    static Panel use(RequestPreview preview, SliceProfileView profile, int leaseHours) {
        var figures = new KeyFigures()
                .figure("GPU-hours at most", Quantities.gpuHours(preview.gpuTime()), "", null)
                .figure(
                        "Free now", profile.kueue() == null ? Quantities.count(preview.free()) : "–",
                        profile.kueue() != null ? "" : profile.kind().shares() ? "for your tenant" : "of " + profile.total(),
                        profile.kueue() == null ? null : "Kueue's queue " + profile.kueue() + " says whose turn it is");
        var facts = new Facts()
                .number("Share", Markup.plain(Quantities.share(profile.parts())))
                .number("Lease", Markup.plain(Quantities.count(leaseHours, "hour", "hours")))
                .number("Wait", Markup.plain(profile.kueue() != null ? "in Kueue's queue" : preview.free() > 0 ? "none" : Quantities.count(profile.waiting()) + " before you"));
        facts.addClassName("figures");
        return new Panel("What it will use")
                .body(
                        figures,
                        facts,
                        Markup.text("p", "hint", "Counted from when it is ready until it ends or you release it; what is not used is given back."));
    }
}

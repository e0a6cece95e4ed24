package dev.penstock.ui.newslice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import java.util.List;

/** What asking would mean: what it uses at most, and what is left of the quota it counts against. */
final class Consequences {

    private Consequences() {}

    static Panel use(RequestPreview preview, SliceProfileView profile, int leaseHours) {
        var figures = new KeyFigures()
                .figure("GPU-hours at most", Quantities.gpuHours(preview.gpuTime()), "", null)
                .figure("Free now", Quantities.count(preview.free()), "of " + profile.total(), null);
        var facts = new Facts()
                .number("Share", Markup.plain(Quantities.share(profile.parts())))
                .number("Lease", Markup.plain(Quantities.count(leaseHours, "hour", "hours")))
                .number("Wait", Markup.plain(preview.free() > 0 ? "none" : Quantities.count(profile.waiting()) + " before you"));
        facts.addClassName("figures");
        return new Panel("What it will use")
                .body(
                        figures,
                        facts,
                        Markup.text("p", "hint", "Counted from when it is ready until it ends or you release it; what is not used is given back."));
    }

    /** @param limits of the tenant; those that a slice of the profile in the project counts against are shown */
    static Panel left(List<LimitView> limits, ProjectId project, SliceProfileView profile) {
        List<LimitView> relevant = Limits.ofSlice(limits, project, profile.id());
        return new Panel("Left of the quota")
                .body(relevant.isEmpty() ? Markup.text("p", "quiet", "No limit applies.") : new LimitRows(relevant));
    }
}

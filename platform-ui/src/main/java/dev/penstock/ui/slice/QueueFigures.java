package dev.penstock.ui.slice;

import dev.penstock.contract.platform.QueuePlace;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import java.time.Instant;

/** A slice's place in the queue, and when it may get a part. Who else waits is nobody's business. */
final class QueueFigures {

    private QueueFigures() {}

    static void add(KeyFigures figures, QueuePlace place, Instant now) {
        if (place.kueue() != null) {
            figures.figure(
                    "Place in Kueue's queue", Quantities.count(place.position()), "of " + Quantities.count(place.waiting()),
                    "of ClusterQueue " + place.kueue() + ", which others on the cluster use as well");
            return;
        }
        figures.figure(
                "Place in the queue", Quantities.count(place.position()), "of " + Quantities.count(place.waiting()),
                place.guaranteed() ? "within what your team is guaranteed" : "beyond what your team is guaranteed: by fair share");
        Instant expected = place.expectedAt();
        if (expected == null) {
            figures.figure("Part expected", "–", "", "nobody can say: no end of enough leases is known");
        } else if (!expected.isAfter(now)) {
            figures.figure("Part expected", "any moment", "", "one is free or just coming free");
        } else {
            figures.figure("Part expected in", Moment.until(expected, now), PersonTime.dayAndTime(expected) + ", an estimate: if leases end as agreed");
        }
    }
}

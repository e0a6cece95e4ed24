package dev.penstock.ui.fleet;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.GpuView.Holder;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.PersonTime;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The colour of each holder's partition, and what the legend says to it. */
final class Colours {

    private final Colouring by;
    private final Map<SliceId, FleetUse.OfSlice> use;

    Colours(Colouring by, FleetUse use) {
        this.by = by;
        this.use = use.slices().stream().collect(Collectors.toMap(FleetUse.OfSlice::slice, Function.identity()));
    }

    Colouring by() {
        return by;
    }

    /** What the legend says. */
    String name(Holder holder) {
        return switch (by) {
            case TENANT -> holder.tenantName();
            case PROJECT -> holder.projectName();
            case USE -> UseBand.of(share(holder)).title();
        };
    }

    /** The colour's classes. */
    String css(Holder holder) {
        return switch (by) {
            case TENANT -> "cat " + Category.css(holder.tenant().value());
            case PROJECT -> "cat " + Category.css(holder.project().value());
            case USE -> UseBand.of(share(holder)).css();
        };
    }

    /** By use the number too: nobody has to tell shades apart. */
    String label(Holder holder, String partition) {
        return by == Colouring.USE ? percent(holder) : partition;
    }

    /** What is known of its use, for whoever points at it. */
    String inWords(Holder holder) {
        FleetUse.OfSlice known = use.get(holder.slice());
        return known == null ? "use not known" : percent(holder) + " used, measured " + PersonTime.clock(known.measuredAt());
    }

    private String percent(Holder holder) {
        Double share = share(holder);
        return share == null ? "?" : Math.round(share * 100) + " %";
    }

    private @Nullable Double share(Holder holder) {
        FleetUse.OfSlice known = use.get(holder.slice());
        return known == null ? null : Double.valueOf(known.share());
    }
}

package dev.penstock.ui.playground;

import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits that the next call counts against, the nearest first. */
final class LimitsLeft {

    private static final int MOST = 4;

    private LimitsLeft() {}

    /** Null where nothing is limited. */
    static @Nullable Panel of(List<LimitView> limits, Place place, List<Partner> partners, Me me) {
        List<LimitView> counting = limits.stream()
                .filter(limit -> limit.meter().countsCalls() && limit.key() == null)
                .filter(limit -> limit.tenant().equals(place.tenant().id()) && (limit.project() == null || limit.project().equals(place.project().id())))
                .filter(limit -> limit.person() == null || limit.person().equals(me.subject()))
                .filter(limit -> limit.models() == null || partners.stream().flatMap(partner -> partner.models().stream()).anyMatch(limit.models()::contains))
                .sorted(Limits.NEAREST_FIRST)
                .limit(MOST)
                .toList();
        return counting.isEmpty() ? null : new Panel("What is left").body(new LimitRows(counting));
    }
}

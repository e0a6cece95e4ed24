package dev.penstock.ui.usage;

import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Roles;
import java.util.List;
import java.util.Objects;

/** What of the usage that is looked at is limited, now and not in the time that was chosen; the nearest first. */
final class UsageLimits {

    private static final int MOST = 8;

    private UsageLimits() {}

    static List<LimitView> of(List<LimitView> limits, Question question, Me me) {
        return limits.stream()
                .filter(limit -> limit.meter().countsCalls() && Limits.concerns(limit, me))
                .filter(limit -> question.tenant() == null || limit.tenant().equals(question.tenant()))
                .filter(limit -> question.project() == null || limit.project() == null || limit.project().equals(question.project()))
                .filter(limit -> question.key() == null || limit.key() == null || Objects.equals(limit.key(), question.key()))
                .filter(limit -> question.model() == null || limit.models() == null || limit.models().contains(question.model()))
                .sorted(Limits.NEAREST_FIRST)
                .toList();
    }

    static Panel panel(List<LimitView> limits, Address address, Me me) {
        var panel = new Panel("Limits").hint("as they stand now");
        if (Roles.seesTenants(me)) {
            panel.actions(new Link("All limits", address.to(Destination.Paths.TENANTS)).css("button plain small"));
        }
        panel.body(new LimitRows(limits.stream().limit(MOST).toList()));
        return panel;
    }
}

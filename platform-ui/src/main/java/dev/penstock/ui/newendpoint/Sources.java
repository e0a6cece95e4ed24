package dev.penstock.ui.newendpoint;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.Scope;
import dev.penstock.ui.offer.Offer;
import dev.penstock.ui.offer.Offers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that the screen has to know before anybody types: models, parts, prices, what runs already. */
@org.springframework.stereotype.Component
class Sources {

    private final ModelsApi models;
    private final SliceProfilesApi profiles;
    private final PricesApi prices;
    private final LimitsApi limits;
    private final Offers offers;
    private final Clock clock;

    Sources(ModelsApi models, SliceProfilesApi profiles, PricesApi prices, LimitsApi limits, Offers offers, Clock clock) {
        this.models = models;
        this.profiles = profiles;
        this.prices = prices;
        this.limits = limits;
        this.offers = offers;
        this.clock = clock;
    }

    /** @param shared by model */
    record Known(List<ModelView> models, Map<String, SliceProfileView> profiles, PriceList prices, Map<String, Offer> shared) {}

    Known now(Me me, Scope scope) {
        return new Known(
                models.list(),
                profiles.list().stream().collect(Collectors.toMap(SliceProfileView::id, Function.identity(), (one, other) -> one)),
                PriceList.at(clock.instant(), prices.list()),
                offers.byModel(me, scope));
    }

    /** What is left of the limits that the part would count against. */
    Component left(TenantId tenant, ProjectId project, String profile) {
        return LimitRows.ofSlice(limits.list(tenant), project, profile);
    }
}

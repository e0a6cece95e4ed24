package dev.penstock.ui.offer;

import org.springframework.stereotype.Component;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks for the endpoints that everybody may call. */
@Component
public class Offers {

    private final EndpointsApi endpoints;
    private final GatewayApi gateway;

    public Offers(EndpointsApi endpoints, GatewayApi gateway) {
        this.endpoints = endpoints;
        this.gateway = gateway;
    }

    /** By model; prices are those of the project that is looked at, or of the first one seen, as they are the same for all. */
    public Map<String, Offer> byModel(Me me, Scope scope) {
        List<EndpointView> shared = endpoints.list(null, null).stream().filter(EndpointView::shared).toList();
        List<CallableModel> callable = shared.isEmpty() ? List.of() : callable(me, scope);
        var offers = new LinkedHashMap<String, Offer>();
        for (EndpointView each : shared) {
            CallableModel call = callable.stream().filter(model -> model.endpoint().equals(each.id())).findFirst().orElse(null);
            offers.merge(each.model(), new Offer(each, call), (one, other) -> one.endpoint().state() == EndpointState.READY ? one : other);
        }
        return offers;
    }

    private List<CallableModel> callable(Me me, Scope scope) {
        return Place.of(me, scope, true).stream()
                .findFirst()
                .map(place -> gateway.get(place.tenant().id(), place.project().id()).models())
                .orElse(List.of());
    }
}

package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import java.util.List;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FleetController implements FleetApi {

    private final Fleet fleet;
    private final Access access;

    FleetController(Fleet fleet, Access access) {
        this.fleet = fleet;
        this.access = access;
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<NodeView> nodes() {
        access.requireOrganisationRole();
        return fleet.nodes().stream().map(FleetController::view).toList();
    }

    private static NodeView view(GpuNode node) {
        List<NodeView.Resource> resources = new TreeMap<>(node.allocatable()).entrySet().stream()
                .map(offer -> new NodeView.Resource(offer.getKey(), offer.getValue(), node.inUse().getOrDefault(offer.getKey(), 0)))
                .toList();
        return new NodeView(node.name(), node.product(), node.ready(), node.simulated(), resources, node.observedAt());
    }
}

package dev.penstock.platform.fleet;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.CutNodes.Picture;
import dev.penstock.platform.geometry.GeometryPlanner;
import dev.penstock.platform.geometry.Wanted;
import dev.penstock.platform.slice.Holders.Holder;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FleetController implements FleetApi {

    private static final int MOST_STOPPED = 1_000;

    private final Fleet fleet;
    private final CutNodes nodes;
    private final SliceProfiles profiles;
    private final Access access;

    FleetController(Fleet fleet, CutNodes nodes, SliceProfiles profiles, Access access) {
        this.fleet = fleet;
        this.nodes = nodes;
        this.profiles = profiles;
        this.access = access;
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<NodeView> nodes() {
        access.requireOrganisationRole();
        Picture picture = nodes.now();
        return picture.nodes().stream().map(node -> FleetViews.node(node, picture.slices())).toList();
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<RoomView> room() {
        access.requireOrganisationRole();
        return FleetViews.room(nodes.now().nodes());
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<FeatureView> features() {
        access.requireOrganisationRole();
        return Features.of(fleet.nodes());
    }

    @Override
    @Audited(action = "fleet.repack", subject = "fleet")
    public RepackView repack(int mostStopped) {
        access.requireOrganisationRole();
        if (mostStopped < 0 || mostStopped > MOST_STOPPED) {
            throw new ProblemException(Problem.INVALID_INPUT, "From 0 to " + MOST_STOPPED + " running slices may be stopped.");
        }
        Picture picture = nodes.now();
        List<Wanted> waiting = picture.slices().values().stream().filter(Holder::waits).flatMap(this::wanted).toList();
        return FleetViews.repack(GeometryPlanner.plan(picture.plannable(), waiting, mostStopped), picture);
    }

    private Stream<Wanted> wanted(Holder holder) {
        return profiles.find(holder.profile()).filter(SliceProfile::isOfOneGpu).stream()
                .map((SliceProfile profile) -> new Wanted(holder.slice().toString(), profile.nodeProduct(), profile.name(), profile.parts()));
    }
}

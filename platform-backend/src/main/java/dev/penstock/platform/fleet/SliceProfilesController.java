package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Holdings.Count;
import dev.penstock.platform.slice.PartKind;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue with what is free. It lives here because only the fleet knows. */
@RestController
class SliceProfilesController implements SliceProfilesApi {

    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final Holdings holdings;

    SliceProfilesController(SliceProfiles profiles, Fleet fleet, Holdings holdings) {
        this.profiles = profiles;
        this.fleet = fleet;
        this.holdings = holdings;
    }

    @Override
    @Audited(action = "slice-profile.list", subject = "slice-profile")
    public List<SliceProfileView> list() {
        Map<String, Count> counts = holdings.byProfile();
        return profiles.all().stream().map(profile -> view(profile, counts.getOrDefault(profile.id(), Count.NONE))).toList();
    }

    private SliceProfileView view(SliceProfile profile, Count count) {
        int total = fleet.offered(new PartKind(profile.nodeProduct(), profile.resource())).orElse(0);
        return new SliceProfileView(
                profile.id(), profile.name(), profile.device(), profile.kind(), profile.resource(), profile.parts(), profile.computeSlots(),
                profile.memorySlots(), profile.memoryMib(), profile.isolation(), total, Math.max(0, total - count.held()), count.waiting());
    }
}

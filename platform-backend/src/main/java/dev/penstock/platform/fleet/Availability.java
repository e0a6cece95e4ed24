package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Holdings.Count;
import dev.penstock.platform.slice.PartKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What of each profile is there, held and free at this moment. Nothing is set aside by asking. Ask outside of a transaction. */
@Component
public class Availability {

    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final Holdings holdings;

    Availability(SliceProfiles profiles, Fleet fleet, Holdings holdings) {
        this.profiles = profiles;
        this.fleet = fleet;
        this.holdings = holdings;
    }

    /** Parts of the profile on ready nodes that nobody holds; 0 while no cluster was seen. */
    public int free(SliceProfile profile) {
        return view(profile, holdings.byProfile().getOrDefault(profile.id(), Count.NONE)).free();
    }

    /** The same for every profile, by its id. */
    public Map<String, Integer> free() {
        return all().stream().collect(Collectors.toMap(SliceProfileView::id, SliceProfileView::free));
    }

    List<SliceProfileView> all() {
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

package dev.penstock.platform.fleet;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Holdings.Count;
import dev.penstock.platform.slice.Offered;
import dev.penstock.platform.slice.PartKind;
import dev.penstock.platform.slice.Room;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What of each profile is there, held and free at this moment. Nothing is set aside by asking. Ask outside of a transaction. */
@Component
public class Availability {

    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final Kueue kueue;
    private final Holdings holdings;

    Availability(SliceProfiles profiles, Fleet fleet, Kueue kueue, Holdings holdings) {
        this.profiles = profiles;
        this.fleet = fleet;
        this.kueue = kueue;
        this.holdings = holdings;
    }

    /** How many more of the profile the tenant can have on nodes in service; 0 while no cluster was seen. */
    public int free(SliceProfile profile, TenantId tenant) {
        return new Moment(tenant).view(profile).free();
    }

    /** The same for every profile of the fleet, by its id, for a tenant that holds nothing. */
    public Map<String, Integer> free() {
        return shown(null).stream().collect(Collectors.toMap(SliceProfileView::id, SliceProfileView::free));
    }

    /** Profiles that make sense to ask for: of devices that are in the fleet. */
    public List<SliceProfile> offered() {
        return profiles.all().stream().filter(profile -> fleet.mayHave(profile)).toList();
    }

    /**
     * The same with what is there, held and waited for; also what somebody holds whose device is gone.
     *
     * @param tenant for whom; null: for one that holds nothing
     */
    List<SliceProfileView> shown(@Nullable TenantId tenant) {
        Moment now = new Moment(tenant);
        return profiles.all().stream().filter(profile -> fleet.mayHave(profile) || now.counts.containsKey(profile.id())).map(now::view).toList();
    }

    /** All that is held, read once. */
    private final class Moment {

        private final @Nullable TenantId tenant;
        private final Map<PartKind, List<Room.Held>> held = holdings.byKind();
        private final Map<String, Count> counts = holdings.byProfile();
        private final Map<PartKind, Room> rooms = new HashMap<>();

        private Moment(@Nullable TenantId tenant) {
            this.tenant = tenant;
        }

        SliceProfileView view(SliceProfile profile) {
            PartKind kind = PartKind.of(profile);
            Offered offered = fleet.offered(kind).orElse(new Offered(kind, Map.of()));
            Room room = rooms.computeIfAbsent(kind, first -> Room.beside(offered, held.getOrDefault(kind, List.of())));
            int total = offered.slicesOf(profile.amount());
            // What nodes have left is not what Kueue's queue would give: others wait in it and hold of it.
            boolean byKueue = kueue.handsOut(profile);
            int free = byKueue ? 0 : room.more(tenant, profile.amount());
            return new SliceProfileView(
                    profile.id(), profile.name(), profile.device(), profile.kind(), profile.resource(), profile.amount(), profile.replicas(), profile.parts(),
                    profile.computeSlots(), profile.memorySlots(), profile.memoryMib(), profile.isolation(), total, free,
                    counts.getOrDefault(profile.id(), Count.NONE).waiting(), total > 0 ? null : Missing.of(profile, fleet.nodes()), byKueue ? kueue.queue() : null);
        }
    }
}

package dev.penstock.platform.fleet;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.catalog.SliceProfile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Of which kinds of parts Kueue says whose turn it is, and whether it can, as this replica last saw. What Kueue hands out is counted nowhere here. */
@Component
public class Kueue {

    private static final String NAME = "Kueue";

    private final KueueSettings settings;
    private volatile @Nullable State state;

    Kueue(KueueSettings settings) {
        this.settings = settings;
    }

    /**
     * @param version of its API; null: it is not installed
     * @param missing why its queue cannot be used, in a sentence; null: nothing speaks against it
     * @param noPlaces why places in it are not known, as the end of a sentence; null: they are
     */
    public record State(@Nullable String version, @Nullable String missing, @Nullable String noPlaces) {}

    /** The ClusterQueue; empty: Kueue is not to be used. */
    public String queue() {
        return settings.clusterQueue();
    }

    /** What devices are claimed by is not counted by it, and shares that HAMi counts on cards are not by their names alone. */
    public boolean handsOut(String resource) {
        return !queue().isEmpty() && !DeviceChoice.isDevices(resource) && CardShare.named(resource).isEmpty() && (settings.resources().isEmpty() || settings.resources().contains(resource));
    }

    public boolean handsOut(SliceProfile profile) {
        return handsOut(profile.resource());
    }

    /** It was just looked at. */
    public void seen(State now) {
        state = now;
    }

    /** Why nobody can wait in its queue now, in a sentence for people; null: they can. */
    public @Nullable String obstacle() {
        State now = state;
        if (now == null) {
            return "The cluster has not answered yet.";
        }
        return now.missing() == null ? null : "It is for Kueue to hand this out, by ClusterQueue " + queue() + ". " + now.missing();
    }

    /** Of its API; only where there is no {@link #obstacle}. */
    public String version() {
        State now = state;
        if (now == null || now.version() == null) {
            throw new IllegalStateException("Kueue was not seen");
        }
        return now.version();
    }

    /** @throws ProblemException {@code wrong_state} if others decide when there is a part of the profile, so that none can be promised */
    public void requirePromisable(SliceProfile profile) {
        if (handsOut(profile)) {
            throw new ProblemException(
                            Problem.WRONG_STATE,
                            "Kueue hands out " + profile.id() + " here: what is promised of it, the quotas of ClusterQueue " + queue() + " say.")
                    .with("profile", profile.id());
        }
    }

    FeatureView feature() {
        State now = state;
        if (queue().isEmpty()) {
            boolean there = now != null && now.version() != null;
            return new FeatureView(NAME, false, there
                    ? "It is installed and not used: Penstock's own queue hands parts out. "
                            + "Name a ClusterQueue by penstock.kueue.cluster-queue to have it decide."
                    : "Not needed: Penstock's own queue hands parts out.");
        }
        String obstacle = obstacle();
        if (obstacle != null) {
            return new FeatureView(NAME, false, obstacle + " Slices wait until then.");
        }
        String of = settings.resources().isEmpty() ? "all that nodes count" : String.join(", ", settings.resources());
        String places = now == null || now.noPlaces() == null ? "." : "; " + now.noPlaces() + ".";
        return new FeatureView(NAME, true, "Its ClusterQueue " + queue() + " hands out " + of + places);
    }
}

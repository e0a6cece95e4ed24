package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.slice.Offer;
import dev.penstock.platform.slice.Offered;
import dev.penstock.platform.slice.PartAnswer;
import dev.penstock.platform.slice.PartKind;
import dev.penstock.platform.slice.SliceClaims;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether it is a queued slice's turn. Where Kueue says so it always is: it then waits on the cluster and not here. */
@Component
class Turns {

    private final SliceClaims claims;
    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final InKueue kueue;
    private final QueueSettings queueing;

    Turns(SliceClaims claims, SliceProfiles profiles, Fleet fleet, InKueue kueue, QueueSettings queueing) {
        this.claims = claims;
        this.profiles = profiles;
        this.fleet = fleet;
        this.kueue = kueue;
        this.queueing = queueing;
    }

    /** @return why not yet, in a sentence; null: it is, and a part is counted as its own */
    @Nullable String take(Work work, SliceProfile profile) {
        if (work.slice().standing().holdsRoom()) {
            return null;
        }
        return kueue.handsOut(profile) ? toWaitThere(work) : room(work, profile);
    }

    private @Nullable String toWaitThere(Work work) {
        String obstacle = kueue.obstacle();
        if (obstacle == null) {
            work.at(Step.TAKE_ROOM);
            work.now(claims::takeUncounted);
        }
        return obstacle;
    }

    private @Nullable String room(Work work, SliceProfile profile) {
        Optional<Offer> offer = fleet.offer(profiles.all());
        if (offer.isEmpty()) {
            return "The cluster has not answered yet.";
        }
        work.at(Step.TAKE_ROOM);
        PartAnswer answer = claims.takeRoom(work.claim(), profile, offer.get(), queueing.notices());
        if (!(answer instanceof PartAnswer.Taken taken)) {
            return noRoom(answer, profile, offer.get().of(PartKind.of(profile)));
        }
        work.now(claim -> taken.claim());
        return null;
    }

    private static String noRoom(PartAnswer answer, SliceProfile profile, Offered offered) {
        if (answer instanceof PartAnswer.KeptForGuarantees) {
            return "What is free of " + profile.id() + " goes first to who is below their guaranteed share.";
        }
        int inAll = offered.slicesOf(profile.amount());
        if (inAll == 0) {
            return "No ready node offers " + profile.id() + " now; it waits until one does.";
        }
        if (profile.kind().shares()) {
            return "Every node that offers " + profile.id() + " is full or another tenant's; it waits for one to come free.";
        }
        return profile.amount() == 1
                ? "All " + inAll + " of " + profile.id() + " are held; it waits for one to come free."
                : "No node has " + profile.amount() + " of its GPUs free now; it waits until one does.";
    }
}

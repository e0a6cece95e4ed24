package dev.penstock.platform.request;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.Kueue;
import dev.penstock.platform.slice.Offer;
import dev.penstock.platform.slice.Reserved;
import dev.penstock.platform.slice.ReservedRoom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of a reservation: a time to come, a kind of part that can be reserved, and room on the calendar. What it says of room holds at that moment. */
@Component
class ReservationPolicy {

    private static final Duration FARTHEST = Duration.ofDays(366);

    private final JobTransactions transactions;
    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final Kueue kueue;
    private final ReservedRoom room;
    private final Clock clock;

    ReservationPolicy(JobTransactions transactions, SliceProfiles profiles, Fleet fleet, Kueue kueue, ReservedRoom room, Clock clock) {
        this.transactions = transactions;
        this.profiles = profiles;
        this.fleet = fleet;
        this.kueue = kueue;
        this.room = room;
        this.clock = clock;
    }

    /** @throws ProblemException {@code invalid_input} for a time that is no time to come, or a part that cannot be reserved; {@code wrong_state} if Kueue hands it out */
    void requireUsable(SliceProfile profile, @Nullable Instant startsAt) {
        if (startsAt == null) {
            return;
        }
        Instant now = clock.instant();
        if (!startsAt.isAfter(now) || startsAt.isAfter(now.plus(FARTHEST))) {
            throw new ProblemException(Problem.INVALID_INPUT, "startsAt: a reservation begins within the next 366 days.");
        }
        if (!profile.isOfOneGpu()) {
            throw new ProblemException(Problem.INVALID_INPUT, profile.id() + " cannot be reserved: only a whole GPU or a partition of one can.")
                    .with("profile", profile.id());
        }
        kueue.requirePromisable(profile);
    }

    /** Not within a transaction. An administrator decides in any case; refused is what the calendar has no room for. */
    Finding look(TenantId tenant, Actor actor, Asked asked) {
        Reserved time = Objects.requireNonNull(asked.reserved());
        Optional<Offer> offer = fleet.offer(profiles.all());
        if (offer.isEmpty()) {
            return finding(Result.NEEDS_APPROVAL, "The cluster has not answered yet; whether there is room is looked at when it is approved.");
        }
        ReservedRoom.Use use = transactions.inTenant(Job.WEB, actor, tenant, () -> room.of(asked.profile(), offer.get(), time));
        String numbers = "Of " + use.offered() + " " + asked.profile().id() + ", " + use.guaranteed() + " are guaranteed and up to " + use.reserved()
                + " reserved in that time";
        return use.left() > 0
                ? finding(Result.NEEDS_APPROVAL, numbers + ": there is room. Others do without then, so an administrator has to agree.")
                : finding(Result.REFUSED, numbers + ": none is left.")
                        .with("offered", use.offered()).with("guaranteed", use.guaranteed()).with("reserved", use.reserved());
    }

    private static Finding finding(Result result, String sentence) {
        return Finding.of("calendar", result, sentence, Problem.WRONG_STATE);
    }
}

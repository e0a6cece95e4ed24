package dev.penstock.platform.slice;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.contract.quota.ReservationsApi;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.slice.Slice.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Makes leases longer in the program's own name, for slices that are held for as long as something runs. */
@Component
public class Renewals {

    private static final Duration LONGEST = Duration.ofSeconds(ReservationSpec.LONGEST_LEASE_SECONDS);

    private static final Actor RENEWER = Actor.system("lease-renewal");

    private final JobTransactions transactions;
    private final SliceStore store;
    private final ReservationsApi reservations;
    private final Clock clock;

    Renewals(JobTransactions transactions, SliceStore store, ReservationsApi reservations, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Lets the lease end no earlier than {@code span} from now. Quota grows first and is recorded after, as when a person extends it: if we
     * die between, too much is set aside until the slice ends or this is repeated.
     *
     * @throws ProblemException in quota-service's words, or {@code wrong_state} if the slice ends already
     */
    public void renew(SliceKey key, Duration span) {
        Slice slice = in(key, () -> store.find(key)).orElseThrow(() -> gone(key));
        Duration lease = wanted(slice, span);
        if (lease.compareTo(slice.standing().lease()) <= 0) {
            return;
        }
        Approved approved = slice.approved();
        reservations.reserve(key.tenant(), key.slice(), new ReservationSpec(approved.project(), approved.profile(), approved.parts(), slice.onCalendar(lease, clock.instant()).toSeconds()));
        in(key, () -> {
            Slice fresh = store.lock(key).orElseThrow(() -> gone(key));
            Transition extension = lease.compareTo(fresh.standing().lease()) > 0 ? fresh.extended(lease, clock.instant()) : null;
            return extension == null || store.write(fresh, extension, null);
        });
    }

    private Duration wanted(Slice slice, Duration span) {
        Instant readyAt = slice.standing().readyAt();
        if (slice.isEnding() || readyAt == null) {
            throw new ProblemException(Problem.WRONG_STATE, "It is not held any more.");
        }
        Duration held = Duration.between(readyAt, clock.instant()).minus(slice.standing().interruption().stoodStill());
        Duration lease = Duration.ofSeconds(held.plus(span).toSeconds());
        if (lease.compareTo(LONGEST) > 0) {
            throw new ProblemException(Problem.LEASE_TOO_LONG, "No slice is held for longer than " + InWords.time(LONGEST) + " at a stretch.");
        }
        return lease;
    }

    private static ProblemException gone(SliceKey key) {
        return new ProblemException(Problem.WRONG_STATE, "Slice " + key + " is gone.");
    }

    private <T> T in(SliceKey key, Supplier<T> work) {
        return transactions.inTenant(Job.RECONCILE, RENEWER, key.tenant(), work);
    }
}

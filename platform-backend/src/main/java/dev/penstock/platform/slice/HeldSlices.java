package dev.penstock.platform.slice;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.contract.quota.ReservationsApi;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.slice.Slice.Transition;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people do with slices that are theirs. */
@Component
class HeldSlices {

    private final JobTransactions transactions;
    private final SliceStore store;
    private final SliceViews views;
    private final Access access;
    private final ReservationsApi reservations;
    private final Clock clock;

    HeldSlices(JobTransactions transactions, SliceStore store, SliceViews views, Access access, ReservationsApi reservations, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.views = views;
        this.access = access;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Makes the lease longer. Quota grows first and is recorded after: if we die between, the tenant has set aside more than it needs until
     * the slice ends or the extension is repeated, and never holds a slice longer than its quota covers.
     */
    void extend(SliceKey key, Duration lease) {
        Slice slice = operable(key);
        Transition extension = slice.extended(lease, clock.instant());
        if (extension == null) {
            return;
        }
        long longest = views.longestLease(key.tenant());
        if (lease.toSeconds() > longest) {
            throw new ProblemException(
                            Problem.LEASE_TOO_LONG,
                            "A lease of " + InWords.time(lease) + " is longer than the " + InWords.time(Duration.ofSeconds(longest)) + " that the tenant's policy allows.")
                    .with("limit", longest)
                    .with("asked", lease.toSeconds())
                    .with("owner", "administrators");
        }
        boolean unreserved = isUnreserved(slice);
        if (!unreserved) {
            Approved approved = slice.approved();
            long setAside = slice.onCalendar(lease, clock.instant()).toSeconds();
            reservations.reserve(key.tenant(), key.slice(), new ReservationSpec(approved.project(), approved.profile(), approved.parts(), setAside));
        }
        write(key, fresh -> {
            // Reserved meanwhile, for the shorter lease: the caller repeats and the reservation grows first.
            if (unreserved && !isUnreserved(fresh)) {
                throw new ProblemException(Problem.CHANGED_MEANWHILE, "It left the queue just now; repeat the extension.");
            }
            return fresh.extended(lease, clock.instant());
        });
    }

    /** Whether it waits for the first time. One that was up before has its quota, also while it waits again. */
    private static boolean isUnreserved(Slice slice) {
        return slice.state() == SliceState.QUEUED && slice.phase() == 1;
    }

    /** Gives the slice back. The reconciler takes it down. */
    void release(SliceKey key) {
        operable(key);
        write(key, Slice::released);
    }

    /** Stops the workspace until somebody resumes it. Quota stays set aside, so that resuming cannot be refused for it. */
    void suspend(SliceKey key) {
        operable(key);
        String reason = "Suspended by " + access.actor().name() + ".";
        write(key, slice -> slice.suspended(reason));
    }

    void resume(SliceKey key) {
        operable(key);
        write(key, Slice::resumed);
    }

    private Slice operable(SliceKey key) {
        access.requireSees(key.tenant(), null);
        Slice slice = web(key, () -> store.find(key).orElseThrow(Access::notFound));
        access.requireMayOperate(key.tenant(), slice.approved().project());
        if (slice.approved().serving() != null) {
            throw new ProblemException(Problem.WRONG_STATE, "The endpoint " + slice.approved().name() + " is served with it; stop the endpoint.")
                    .with("endpoint", slice.approved().serving().endpoint());
        }
        return slice;
    }

    private void write(SliceKey key, Verb verb) {
        web(key, () -> {
            Slice fresh = store.lock(key).orElseThrow(Access::notFound);
            Transition transition = verb.apply(fresh);
            return transition == null || store.write(fresh, transition, null);
        });
    }

    private <T> T web(SliceKey key, Supplier<T> work) {
        return transactions.inTenant(Job.WEB, access.actor(), key.tenant(), work);
    }

    @FunctionalInterface
    private interface Verb {
        @Nullable Transition apply(Slice slice);
    }
}

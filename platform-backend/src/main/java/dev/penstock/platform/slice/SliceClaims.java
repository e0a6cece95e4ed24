package dev.penstock.platform.slice;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.queue.Decision;
import dev.penstock.platform.queue.FairShare;
import dev.penstock.platform.queue.Place;
import dev.penstock.platform.slice.Slice.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The reconciler's side of slices: one claims a slice, moves it on, and lets it go. Claims and due times are by the database's clock, so
 * that replicas need not agree on the time.
 */
@Component
public class SliceClaims {

    private static final Actor RECONCILER = Actor.system("slice-reconciler");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final SliceStore store;
    private final Holdings holdings;
    private final QueuePictures pictures;
    private final HandOut handOut;
    private final Clock clock;

    SliceClaims(
            JobTransactions transactions, JdbcClient jdbc, SliceStore store, Holdings holdings, QueuePictures pictures, HandOut handOut, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.store = store;
        this.holdings = holdings;
        this.pictures = pictures;
        this.handOut = handOut;
        this.clock = clock;
    }

    /**
     * Slices that should be looked at now. What waits for a part comes last, so that it never holds up what comes up, goes down or gives
     * back. Whoever is asked, a part goes to whose turn it is.
     */
    public List<SliceKey> due(int limit) {
        return across(() -> jdbc.sql("""
                        select tenant_id, id from platform.slice
                         where state not in ('RELEASED', 'EXPIRED', 'FAILED') and next_attempt_at <= now() and (claimed_until is null or claimed_until <= now())
                         order by (state = 'QUEUED' and not holds_room), next_attempt_at, id
                         limit :limit""")
                .param("limit", limit)
                .query((row, number) -> SliceRow.key(row))
                .list());
    }

    /** The slice as it is now; empty: there is none. */
    public Optional<Slice> find(SliceKey key) {
        return in(key, () -> store.find(key));
    }

    /**
     * The one statement that decides who works on a slice: it takes what nobody holds, skips what somebody is just taking, and raises the
     * fence above every earlier holder's.
     *
     * @param span how long the claim lasts in the database
     * @param usable for how much of that something may still be begun
     * @return empty if somebody else holds it or it has ended
     */
    public Optional<Claim> claim(SliceKey key, Duration span, Duration usable) {
        // Taken before the statement: this program's idea of the end is then earlier than the database's, never later.
        Instant until = clock.instant().plus(usable);
        return in(key, () -> jdbc.sql("""
                        update platform.slice
                           set fence = fence + 1, claimed_until = now() + make_interval(secs => :span)
                         where (tenant_id, id) in (
                               select tenant_id, id from platform.slice
                                where tenant_id = :tenant and id = :id and ended_at is null and (claimed_until is null or claimed_until <= now())
                                  for update skip locked)
                        returning fence, attempts""")
                .param("span", span.toMillis() / 1000.0)
                .param("tenant", key.tenant().value())
                .param("id", key.slice().value())
                .query((row, number) -> new Claim(row.getLong("fence"), until, store.find(key).orElseThrow(), row.getInt("attempts")))
                .optional());
    }

    /**
     * Writes a verb's transition with its event, change and audit entry.
     *
     * @return the claim with the slice as it is now
     * @throws ClaimLost if the fence has moved on or a person changed the slice meanwhile
     */
    public Claim advance(Claim claim, Function<Slice, Transition> verb) {
        Transition transition = verb.apply(claim.slice());
        return in(claim.key(), () -> {
            if (!store.write(claim.slice(), transition, claim.fence())) {
                throw changed(claim);
            }
            return claim.with(transition.after());
        });
    }

    /**
     * Counts parts as held by this slice, if the fleet has them and it is this slice's turn. Everybody who counts the same kind of part waits
     * for each other here, so that the last one is given once; a fleet that is full is seen without waiting.
     *
     * <p>Whose turn it is beside this slice gets its parts as well: the queue is then worked out once for all who came at once, not once for each.
     *
     * @param profile what it needs
     * @throws ClaimLost as {@link #advance}
     */
    public PartAnswer takeRoom(Claim claim, SliceProfile profile, Offer offer, Notices notices) {
        PartKind kind = PartKind.of(profile);
        SliceKey key = claim.key();
        int needed = claim.slice().approved().vector().getOrDefault(kind.resource(), 0);
        if (needed < 1 || in(key, () -> Room.beside(offer.of(kind), holdings.of(kind, key)).more(key.tenant(), needed, claim.slice().within())) < 1) {
            return new PartAnswer.AllHeld();
        }
        return transactions.amongTenants(Job.RECONCILE, RECONCILER, () -> {
            SliceQueue.lock(jdbc, kind);
            Slice slice = in(key, () -> store.find(key)).orElseThrow(() -> changed(claim));
            if (slice.standing().holdsRoom()) {
                return new PartAnswer.Taken(claim.with(slice));
            }
            Decision decision = FairShare.queue(pictures.of(kind, offer, notices, key));
            handOut.give(RECONCILER, decision, key);
            Optional<Place> own = decision.place(key.tenant(), key.slice()).filter(Place::isTurn);
            return own.isPresent() ? new PartAnswer.Taken(in(key, () -> setRoom(claim, true, false, own.get().cluster())))
                    : decision.guaranteesServed() ? new PartAnswer.KeptForGuarantees() : new PartAnswer.AllHeld();
        });
    }

    /** Somebody else says whose turn it is for such parts in the first cluster, and counts them: here it is always this slice's. */
    public Claim takeUncounted(Claim claim) {
        return in(claim.key(), () -> setRoom(claim, true, false, Objects.requireNonNullElse(claim.slice().within(), "")));
    }

    /**
     * Gives back what {@link #takeRoom} took, for a slice that did not get its quota.
     *
     * @param refused whether quota-service said no: then nobody is stopped for it for a while. One that could not be asked refuses nothing
     */
    public Claim giveRoomBack(Claim claim, boolean refused) {
        return in(claim.key(), () -> setRoom(claim, false, refused, claim.slice().standing().cluster()));
    }

    /**
     * Ends the claim. Changes nothing if somebody else holds the slice meanwhile.
     *
     * @param next when to look again at the latest
     * @param reason what it waits for, in words, told to people when it is new; null: nothing
     * @param progress of loading a model's weights in percent; null: none is told
     * @param failed whether this was one more failure in a row
     */
    public void letGo(Claim claim, Duration next, @Nullable String reason, @Nullable Integer progress, boolean failed) {
        in(claim.key(), () -> {
            Slice slice = claim.slice();
            boolean told = jdbc.sql("""
                            update platform.slice set reason = :reason, progress = :progress, version = version + 1
                             where tenant_id = :tenant and id = :id and fence = :fence and version = :version
                               and (reason, progress) is distinct from (:reason::text, :progress::int)""")
                    .param("reason", reason)
                    .param("progress", progress)
                    .param("tenant", slice.key().tenant().value())
                    .param("id", slice.key().slice().value())
                    .param("fence", claim.fence())
                    .param("version", slice.version())
                    .update() == 1;
            if (told) {
                store.tell(slice, Objects.equals(reason, slice.standing().reason()) ? null : reason);
            }
            return jdbc.sql("""
                            update platform.slice
                               set claimed_until = null, attempts = case when :failed then attempts + 1 else 0 end,
                                   next_attempt_at = now() + make_interval(secs => case when version = :seen then :next else 0 end)
                             where tenant_id = :tenant and id = :id and fence = :fence""")
                    .param("failed", failed)
                    .param("next", next.toMillis() / 1000.0)
                    // Changed by a person while the claim was held: to be looked at again at once.
                    .param("seen", told ? slice.version() + 1 : slice.version())
                    .param("tenant", slice.key().tenant().value())
                    .param("id", slice.key().slice().value())
                    .param("fence", claim.fence())
                    .update();
        });
    }

    /** Whoever is ready on the node is looked at now. */
    public void lookAt(String node) {
        List<SliceKey> there = across(() -> jdbc.sql("select tenant_id, id from platform.slice where node = :node and state not in ('RELEASED', 'EXPIRED', 'FAILED')")
                .param("node", node)
                .query((row, number) -> SliceRow.key(row))
                .list());
        there.forEach(key -> in(key, () -> jdbc.sql("update platform.slice set next_attempt_at = least(next_attempt_at, now()) where tenant_id = :tenant and id = :id")
                .param("tenant", key.tenant().value())
                .param("id", key.slice().value())
                .update()));
    }

    private Claim setRoom(Claim claim, boolean holds, boolean refused, @Nullable String cluster) {
        Slice slice = claim.slice();
        Standing was = slice.standing();
        int written = jdbc.sql("""
                        update platform.slice
                           set holds_room = :holds, cluster = :cluster, refused_at = case when :refused then :now::timestamptz else refused_at end, version = version + 1
                         where tenant_id = :tenant and id = :id and fence = :fence and version = :version and state = 'QUEUED'""")
                .param("holds", holds)
                .param("cluster", cluster)
                .param("refused", refused)
                .param("now", SliceStore.at(clock.instant()))
                .param("tenant", slice.key().tenant().value())
                .param("id", slice.key().slice().value())
                .param("fence", claim.fence())
                .param("version", slice.version())
                .update();
        if (written == 0) {
            throw changed(claim);
        }
        return claim.with(new Slice(slice.key(), slice.approved(), was.holdingRoom(holds, cluster), slice.version() + 1));
    }

    private static ClaimLost changed(Claim claim) {
        return new ClaimLost("slice " + claim.key() + " was changed by somebody else");
    }

    private <T extends @Nullable Object> T in(SliceKey key, Supplier<T> work) {
        return transactions.inTenant(Job.RECONCILE, RECONCILER, key.tenant(), work);
    }

    private <T> T across(Supplier<T> work) {
        return transactions.acrossTenants(Job.RECONCILE, RECONCILER, work);
    }
}

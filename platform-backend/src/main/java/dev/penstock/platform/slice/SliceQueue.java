package dev.penstock.platform.slice;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.QueuePlace;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.queue.Decision;
import dev.penstock.platform.queue.FairShare;
import dev.penstock.platform.queue.Forecast;
import dev.penstock.platform.queue.Held;
import dev.penstock.platform.queue.Picture;
import dev.penstock.platform.queue.Place;
import dev.penstock.platform.slice.Slice.Transition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The queue for parts. Asks back what was borrowed where it is needed within a guarantee, and knows everybody's place as this replica last
 * worked it out. Who gets a part is decided anew by {@link SliceClaims#takeRoom}, under the same lock.
 */
@Component
public class SliceQueue {

    static final String YIELDS = "The part was borrowed and is needed where it is guaranteed or reserved.";

    private static final Actor QUEUE = Actor.system("slice-queue");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final QueuePictures pictures;
    private final HandOut handOut;
    private final SliceStore store;
    private final Changes changes;
    private volatile Map<SliceKey, QueuePlace> places = Map.of();
    private volatile Map<SliceKey, QueuePlace> elsewhere = Map.of();

    SliceQueue(
            JobTransactions transactions,
            JdbcClient jdbc,
            QueuePictures pictures,
            HandOut handOut,
            SliceStore store,
            Changes changes) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.pictures = pictures;
        this.handOut = handOut;
        this.store = store;
        this.changes = changes;
    }

    /** What one look at the queue did. */
    public record Asked(int noticed, int kept, int stopped) {

        Asked plus(Asked other) {
            return new Asked(noticed + other.noticed, kept + other.kept, stopped + other.stopped);
        }
    }

    /** Everybody who holds or takes a part of the kind, or asks one back, waits for each other here. */
    static void lock(JdbcClient jdbc, PartKind kind) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:kind, 0))::text").param("kind", "room " + kind).query().singleRow();
    }

    /**
     * Works the queue out for every kind that somebody waits for: gives parts to those whose turn it is, gives notice, takes it back where the need is gone, and stops whose notice
     * has ended. Any number of replicas may do this at once; one transaction for each kind.
     *
     * @param othersTurn kinds of which somebody else says whose turn it is: nobody is given or asked for anything of those
     */
    public Asked askBack(Offer offer, Notices notices, Predicate<PartKind> othersTurn) {
        List<PartKind> wanted = transactions.acrossTenants(Job.RECONCILE, QUEUE, pictures::wanted);
        Map<SliceKey, QueuePlace> now = new HashMap<>();
        Asked asked = new Asked(0, 0, 0);
        @Nullable RuntimeException failure = null;
        for (PartKind kind : wanted) {
            Map<SliceKey, QueuePlace> ofKind = new HashMap<>();
            try {
                asked = asked.plus(transactions.amongTenants(Job.RECONCILE, QUEUE, () -> othersTurn.test(kind)
                        ? withdraw(kind, offer, notices)
                        : askBack(kind, offer, notices, ofKind)));
                now.putAll(ofKind);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        tell(places, now);
        places = Map.copyOf(now);
        if (failure != null) {
            // The other kinds' queues were worked out all the same.
            throw failure;
        }
        return asked;
    }

    /** Who waits in somebody else's queue, and where, as this replica last saw. */
    public void elsewhere(Map<SliceKey, QueuePlace> now) {
        tell(elsewhere, now);
        elsewhere = Map.copyOf(now);
    }

    /** Its place as last worked out, or as last seen in somebody else's queue; null: none. */
    @Nullable QueuePlace place(Slice slice) {
        return switch (slice.state()) {
            case QUEUED -> places.get(slice.key());
            case PROVISIONING -> elsewhere.get(slice.key());
            default -> null;
        };
    }

    /** A notice from before: what is needed of such parts, others say. */
    private Asked withdraw(PartKind kind, Offer offer, Notices notices) {
        lock(jdbc, kind);
        int kept = 0;
        for (Held held : pictures.of(kind, offer, notices, null).held()) {
            kept += held.givesBackAt() == null ? 0 : write(held, Slice::keeps);
        }
        return new Asked(0, kept, 0);
    }

    private Asked askBack(PartKind kind, Offer offer, Notices notices, Map<SliceKey, QueuePlace> now) {
        lock(jdbc, kind);
        Picture picture = pictures.of(kind, offer, notices, null);
        Decision decision = FairShare.decide(picture);
        handOut.give(QUEUE, decision, null);
        int noticed = 0;
        int kept = 0;
        int stopped = 0;
        for (Held held : picture.held()) {
            boolean chosen = decision.givingBack().contains(held);
            Duration notice = notices.of(held.serving());
            if (chosen && held.givesBackAt() == null) {
                noticed += write(held, slice -> slice.noticed(picture.now().plus(notice), notice));
            } else if (chosen && !picture.now().isBefore(held.givesBackAt())) {
                stopped += write(held, slice -> slice.steppedAside(YIELDS));
            } else if (!chosen && held.givesBackAt() != null) {
                kept += write(held, Slice::keeps);
            }
        }
        Forecast forecast = Forecast.of(picture, decision);
        int position = 0;
        for (Place place : decision.queue()) {
            now.put(new SliceKey(place.slice().tenant(), place.slice().slice()), new QueuePlace(
                    ++position, decision.queue().size(), place.guaranteed(), forecast.of(place.slice()), null));
        }
        return new Asked(noticed, kept, stopped);
    }

    /** Its reconciler, if it is at work on it, finds the version changed and begins anew. */
    private int write(Held held, Function<Slice, @Nullable Transition> verb) {
        SliceKey key = new SliceKey(held.tenant(), held.slice());
        return transactions.inTenant(Job.RECONCILE, QUEUE, held.tenant(), () -> {
            Optional<Slice> slice = store.lock(key);
            Transition transition = slice.map(verb).orElse(null);
            return transition != null && store.write(slice.orElseThrow(), transition, null) ? 1 : 0;
        });
    }

    /** One word to each tenant whose places have changed, however many wait. Times alone are not worth one. */
    private void tell(Map<SliceKey, QueuePlace> before, Map<SliceKey, QueuePlace> now) {
        Set<SliceKey> all = new HashSet<>(before.keySet());
        all.addAll(now.keySet());
        Set<TenantId> moved = all.stream()
                .filter(key -> position(before.get(key)) != position(now.get(key)))
                .map(SliceKey::tenant)
                .collect(Collectors.toSet());
        moved.forEach(tenant -> transactions.inTenant(Job.RECONCILE, QUEUE, tenant, () -> {
            changes.tell("queue", tenant, null, tenant.toString(), null);
            return true;
        }));
    }

    private static int position(@Nullable QueuePlace place) {
        return place == null ? 0 : place.position();
    }
}

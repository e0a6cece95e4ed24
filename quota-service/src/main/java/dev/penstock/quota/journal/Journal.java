package dev.penstock.quota.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Ends of attempts on their way to the ledger.
 *
 * <pre>
 * open     a place is taken, before the attempt is admitted
 * settle   the gateway tells the end, once; more often does nothing
 * take     settlement fetches what waits
 * done     it is in the ledger; the place is free
 * </pre>
 */
@Component
public class Journal {

    /** What is known of an attempt that has a place. */
    private record Place(Instant deadline, boolean ended) {}

    private final int capacity;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<Attempt, Place> places = new ConcurrentHashMap<>();
    // Bounded by the places: each has at most one end in here.
    private final BlockingQueue<Settlement> ended = new LinkedBlockingQueue<>();

    Journal(JournalSettings settings) {
        this.capacity = settings.capacity();
    }

    /**
     * Takes a place for the end of an attempt.
     *
     * @param deadline when the attempt has ended for certain
     * @return false if there is none, and the attempt must not begin
     */
    public boolean open(Attempt attempt, Instant deadline) {
        if (taken.incrementAndGet() > capacity) {
            taken.decrementAndGet();
            return false;
        }
        if (places.putIfAbsent(attempt, new Place(deadline, false)) != null) {
            taken.decrementAndGet();
        }
        return true;
    }

    /** Gives the place back: the attempt was not admitted. */
    public void cancel(Attempt attempt) {
        leave(attempt);
    }

    /**
     * Accepts the end of an attempt. Never waits.
     *
     * @return false if the attempt has no place or has ended already; nothing is lost by that, since it is settled or will be found
     */
    public boolean settle(Settlement settlement) {
        Place place = places.get(settlement.attempt());
        if (place == null || place.ended() || !places.replace(settlement.attempt(), place, new Place(place.deadline(), true))) {
            return false;
        }
        ended.add(settlement);
        return true;
    }

    /** Waits for an end, and returns it with those that wait behind it; empty when none came in time. */
    public List<Settlement> take(int most, Duration patience) throws InterruptedException {
        List<Settlement> batch = new ArrayList<>();
        Settlement first = ended.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            ended.drainTo(batch, most - 1);
        }
        return batch;
    }

    /** Whether the attempt has ended and waits here to be settled. */
    public boolean holds(Attempt attempt) {
        Place place = places.get(attempt);
        return place != null && place.ended();
    }

    /** They are in the ledger, or cannot be settled and stay open there. */
    public void done(Collection<Settlement> settled) {
        settled.forEach(settlement -> leave(settlement.attempt()));
    }

    /**
     * Gives up places whose attempts must have ended long ago without anybody telling.
     *
     * @param before deadlines before this are over for certain
     * @return how many
     */
    public int abandon(Instant before) {
        List<Attempt> overdue = places.entrySet().stream()
                .filter(entry -> !entry.getValue().ended() && entry.getValue().deadline().isBefore(before))
                .map(Map.Entry::getKey)
                .toList();
        overdue.forEach(this::leave);
        return overdue.size();
    }

    /** Nothing is under way, and everything that ended is in the ledger. */
    public boolean drained() {
        return places.isEmpty();
    }

    /** Attempts under way or waiting for their settlement. */
    public int open() {
        return taken.get();
    }

    /** Of those, the ones that have ended. */
    public int waiting() {
        return ended.size();
    }

    private void leave(Attempt attempt) {
        if (places.remove(attempt) != null) {
            taken.decrementAndGet();
        }
    }
}

package dev.penstock.quota.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The places of attempts, and how many may be taken at once. */
final class Places {

    private final int capacity;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<Attempt, Place> all = new ConcurrentHashMap<>();
    private final CountDownLatch left;

    /** @param inherited from an earlier life: each has a place, also where that is more than the capacity */
    Places(int capacity, Collection<Ended> inherited) {
        this.capacity = capacity;
        this.left = new CountDownLatch(inherited.size());
        inherited.forEach(ended -> all.put(ended.attempt(), Place.left(ended.intent())));
        taken.set(inherited.size());
    }

    int capacity() {
        return capacity;
    }

    int taken() {
        return taken.get();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable Place of(Attempt attempt) {
        return all.get(attempt);
    }

    /** @return false: all are taken, or there is no slot */
    boolean open(Attempt attempt, Instant deadline, JournalWriter writer) {
        if (all.containsKey(attempt)) {
            return true;
        }
        Slot slot = taken.incrementAndGet() > capacity ? null : writer.takeSlot();
        if (slot == null) {
            taken.decrementAndGet();
            return false;
        }
        slot.take(Settlement.notForwarded(attempt));
        if (all.putIfAbsent(attempt, Place.of(deadline, slot)) != null) {
            free(slot, writer);
        }
        return true;
    }

    void leave(Attempt attempt, JournalWriter writer) {
        Place place = all.remove(attempt);
        if (place == null) {
            return;
        }
        Slot slot = place.slot();
        if (slot == null) {
            taken.decrementAndGet();
            left.countDown();
        } else {
            free(slot, writer);
        }
    }

    private void free(Slot slot, JournalWriter writer) {
        writer.giveBack(slot);
        taken.decrementAndGet();
    }

    List<Attempt> overdue(Instant before) {
        return all.entrySet().stream().filter(entry -> entry.getValue().overdue(before)).map(Map.Entry::getKey).toList();
    }

    /** Of attempts that are under way. */
    List<Intent> intentsIn(KeptFile file) {
        return all.values().stream().map(place -> place.aliveIn(file)).filter(Objects::nonNull).toList();
    }

    /** Nothing is left that an earlier life knew. */
    boolean recovered() {
        return left.getCount() == 0;
    }

    boolean awaitRecovered(Duration patience) {
        try {
            return left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

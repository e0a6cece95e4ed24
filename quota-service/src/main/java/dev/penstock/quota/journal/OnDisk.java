package dev.penstock.quota.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on disk, for those who wait for that: callers whose intent it is, settlement, and whoever gives back what an attempt did not use. */
final class OnDisk implements Hearing {

    private static final Logger log = LoggerFactory.getLogger(OnDisk.class);

    private final Places places;
    // Bounded by the places: each has at most one end in here.
    private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
    private volatile List<EndsOnDisk> listeners = List.of();

    OnDisk(Places places) {
        this.places = places;
    }

    void tell(List<EndsOnDisk> all) {
        listeners = List.copyOf(all);
    }

    /** What an earlier life left. Those who give something back have nothing of it. */
    void add(Ended left) {
        ends.add(left);
    }

    int size() {
        return ends.size();
    }

    List<Ended> take(int most, Duration patience) throws InterruptedException {
        List<Ended> batch = new ArrayList<>();
        Ended first = ends.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            ends.drainTo(batch, most - 1);
        }
        return batch;
    }

    @Override
    public void written(List<Told> group, KeptFile file) {
        for (Told told : group) {
            Place place = places.of(told.attempt());
            if (place != null) {
                place.standsIn(file);
            }
        }
        for (Told told : group) {
            switch (told) {
                case Told.Promise promise -> promise.written().complete(null);
                case Told.End end -> ends.add(end.ended());
                case Told.Copy ignored -> { }
            }
        }
    }

    @Override
    public void synced(List<Told> group, KeptFile file) {
        group.stream().filter(Told.Copy.class::isInstance).map(copy -> places.of(copy.attempt())).filter(Objects::nonNull).forEach(place -> place.movedTo(file));
        List<Ended> safe = group.stream().map(OnDisk::end).filter(Objects::nonNull).toList();
        if (!safe.isEmpty()) {
            listeners.forEach(listener -> tell(listener, safe));
        }
    }

    @Override
    public List<Told> standingIn(KeptFile file) {
        return places.intentsIn(file).stream().<Told>map(intent -> Told.Copy.of(Told.Promise.of(intent))).toList();
    }

    private static @Nullable Ended end(Told told) {
        return switch (told) {
            case Told.Promise ignored -> null;
            case Told.End end -> end.ended();
            case Told.Copy copy -> end(copy.of());
        };
    }

    /** Whoever fails keeps what could have been given back; the disk is not the matter. */
    private static void tell(EndsOnDisk listener, List<Ended> safe) {
        try {
            listener.ended(safe);
        } catch (RuntimeException e) {
            log.error("{} ends are on disk, and what they did not use is not given back", safe.size(), e);
        }
    }
}

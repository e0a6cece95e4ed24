package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.Kueue;
import dev.penstock.platform.slice.Offer;
import dev.penstock.platform.slice.SliceQueue;
import dev.penstock.platform.slice.SliceQueue.Asked;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks at the queue on a timer, with what the fleet offers then. While no cluster was seen nobody is asked for anything. */
@Component
class QueueWatch implements BackgroundWork {

    private final SliceQueue queue;
    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final Kueue kueue;
    private final QueueSettings settings;
    private final Counter noticed;
    private final Counter kept;
    private final Counter stopped;
    private final Rhythm rhythm;
    private long restsUntil = System.nanoTime();

    QueueWatch(SliceQueue queue, SliceProfiles profiles, Fleet fleet, Kueue kueue, QueueSettings settings, MeterRegistry metrics) {
        this.queue = queue;
        this.profiles = profiles;
        this.fleet = fleet;
        this.kueue = kueue;
        this.settings = settings;
        this.noticed = counter(metrics, "noticed", "Slices on borrowed parts that were given notice");
        this.kept = counter(metrics, "kept", "Notices taken back because the need was gone");
        this.stopped = counter(metrics, "stopped", "Slices stopped because their borrowed part was needed within a guarantee");
        this.rhythm = Rhythm.of("queue", settings.every(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** A queue of thousands takes its time to be worked out: at most a tenth of all time is spent on it. */
    private void turn() {
        long begun = System.nanoTime();
        if (begun - restsUntil >= 0) {
            look();
            long done = System.nanoTime();
            restsUntil = done + 9 * (done - begun);
        }
    }

    void look() {
        Optional<Offer> offer = fleet.offer(profiles.all());
        if (offer.isPresent()) {
            Asked asked = queue.askBack(offer.get(), settings.notices(), kind -> kueue.handsOut(kind.resource()));
            noticed.increment(asked.noticed());
            kept.increment(asked.kept());
            stopped.increment(asked.stopped());
        }
    }

    private static Counter counter(MeterRegistry metrics, String what, String description) {
        return Counter.builder("penstock.queue." + what).description(description).register(metrics);
    }
}

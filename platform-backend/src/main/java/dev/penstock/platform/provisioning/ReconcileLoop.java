package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceClaims;
import dev.penstock.platform.slice.SliceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Calls the reconciler: for what is due, on a timer, and for what a signal names, at once. A lost signal costs a timer's time, nothing
 * else. One slice is worked on by one thread of this replica at a time; a signal that comes meanwhile is remembered.
 */
@Component
class ReconcileLoop implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(ReconcileLoop.class);

    /** Slices taken up in one turn; the others come in the next. */
    private static final int MOST_AT_ONCE = 200;

    private final SliceReconciler reconciler;
    private final Cluster cluster;
    private final FleetWatch fleetWatch;
    private final Installation installation;
    private final Semaphore workers;
    private final Rhythm rhythm;
    private final Set<SliceKey> running = new HashSet<>();
    private final Set<SliceKey> again = new HashSet<>();
    private final List<Cluster.Watch> watching = new ArrayList<>();

    ReconcileLoop(
            SliceReconciler reconciler,
            SliceClaims claims,
            Cluster cluster,
            FleetWatch fleetWatch,
            Installation installation,
            ProvisioningSettings settings,
            LiveFeed feed) {
        this.reconciler = reconciler;
        this.cluster = cluster;
        this.fleetWatch = fleetWatch;
        this.installation = installation;
        this.workers = new Semaphore(settings.workers(), true);
        this.rhythm = Rhythm.of("slices", settings.poll(), () -> claims.due(MOST_AT_ONCE).forEach(this::submit));
        feed.onChange(rhythm::wake);
    }

    @Override
    public void start() {
        for (Cluster one : cluster.each()) {
            Cluster.Watch seeing = one.watch(installation.name(), this::signal, fleetWatch::look);
            watching.add(seeing);
            fleetWatch.follow(one, seeing);
        }
        BackgroundWork.super.start();
    }

    @Override
    public void stop() {
        BackgroundWork.super.stop();
        watching.forEach(Cluster.Watch::close);
        watching.clear();
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    private void signal(PodSeen pod) {
        Marks marks = pod.marks();
        if (marks != null && marks.slice() != null) {
            submit(new SliceKey(marks.tenant(), marks.slice()));
        }
    }

    private void submit(SliceKey key) {
        synchronized (running) {
            if (!running.add(key)) {
                again.add(key);
                return;
            }
        }
        Thread.ofVirtual().name("slice-" + key.slice()).start(() -> work(key));
    }

    private void work(SliceKey key) {
        try {
            workers.acquire();
            try {
                do {
                    // What came before we begin is served by this.
                    calledAgain(key);
                    reconciler.reconcile(key);
                } while (rhythm.isOpen() && calledAgain(key));
            } finally {
                workers.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The database is away, most likely: the claim runs out, and whoever is there then goes on.
            log.warn("slice {} was left where it is", key, e);
        } finally {
            synchronized (running) {
                running.remove(key);
                again.remove(key);
            }
        }
    }

    private boolean calledAgain(SliceKey key) {
        synchronized (running) {
            return again.remove(key);
        }
    }
}

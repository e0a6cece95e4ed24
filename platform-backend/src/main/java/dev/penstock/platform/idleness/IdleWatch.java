package dev.penstock.platform.idleness;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.idleness.GpuActivity.Pod;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.Slices;
import dev.penstock.platform.slice.Workspaces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at the activity of workspaces and does what follows: warns, suspends, releases. Any number of replicas may run it: each step is taken
 * under the lock of what is known of the workspace, and once.
 */
@Component
class IdleWatch implements BackgroundWork {

    static final String OFF = "No Prometheus is named that knows GPU activity, so nobody is called idle.";

    private static final Logger log = LoggerFactory.getLogger(IdleWatch.class);
    private static final Actor WATCH = Actor.system("idle-watch");
    private static final int BATCH = 500;

    private final JobTransactions transactions;
    private final ActivityTable table;
    private final Slices slices;
    private final Workspaces workspaces;
    private final GpuActivity gpus;
    private final Installation installation;
    private final IdlenessSettings settings;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final AtomicInteger unmeasured = new AtomicInteger();
    private final Rhythm rhythm;
    private volatile @Nullable String missing;

    IdleWatch(
            JobTransactions transactions,
            ActivityTable table,
            Slices slices,
            Workspaces workspaces,
            GpuActivity gpus,
            Installation installation,
            IdlenessSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.table = table;
        this.slices = slices;
        this.workspaces = workspaces;
        this.gpus = gpus;
        this.installation = installation;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.missing = settings.prometheus() == null ? OFF : null;
        this.rhythm = Rhythm.of("idle-watch", settings.lookEvery(), this::look);
        Gauge.builder("penstock.idle.unmeasured", unmeasured, AtomicInteger::get)
                .description("Workspaces that are ready and of which no GPU activity was measured at the last look")
                .register(metrics);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Why nothing new is known of anybody; null: activity is being looked at. */
    @Nullable String missing() {
        return missing;
    }

    void look() {
        if (settings.prometheus() == null) {
            return;
        }
        reclaim();
        // Taken before it is asked: what is measured meanwhile belongs to the next look.
        Instant at = clock.instant();
        Map<Pod, Double> measured;
        try {
            measured = gpus.highest(settings.window());
        } catch (GpuActivity.Unknown e) {
            log.warn("{}", e.getMessage(), e.getCause());
            missing = e.getMessage();
            unmeasured.set(workspaces.ready().size());
            return;
        }
        missing = null;
        List<Slice> ready = workspaces.ready();
        unmeasured.set((int) ready.stream().filter(slice -> !measured.containsKey(pod(slice))).count());
        for (Slice slice : ready) {
            Double share = measured.get(pod(slice));
            if (share != null) {
                one(slice.key(), () -> seen(slice, share > settings.busyAbove(), at));
            }
        }
    }

    private Pod pod(Slice slice) {
        return new Pod(installation.namespace(slice.approved().project()), Installation.pod(slice.key().slice(), slice.phase()));
    }

    /** One that cannot be looked after must not keep the others from it. */
    private static void one(SliceKey key, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("activity of slice {} could not be recorded; it is tried again", key, e);
        }
    }

    private void seen(Slice slice, boolean active, Instant at) {
        SliceKey key = slice.key();
        in(key, () -> {
            @Nullable Activity known = table.lock(key).filter(before -> before.phase() == slice.phase()).orElse(null);
            Activity now = known == null ? Activity.begin(slice.phase(), at) : known.seen(active, at, settings.window());
            if (known != null && known.warnedAt() != null && now.warnedAt() == null) {
                slices.tell(key, active ? "Its GPU is in use again." : "Its GPU was not measured for a while; whether it is idle is counted anew.");
            }
            table.write(key, act(slice, now));
            return true;
        });
    }

    /** Does what is due, and answers with what is known after it. */
    private Activity act(Slice slice, Activity known) {
        SliceKey key = slice.key();
        return switch (known.due(settings)) {
            case NOTHING -> known;
            case WARNING -> {
                Activity warned = known.warned(known.seenAt());
                slices.note(key, "slice.warn", "No GPU activity for " + words(known.idleFor()) + ". It is suspended in " + words(settings.notice()) + " unless it is used or kept.");
                count("warned");
                yield warned;
            }
            case SUSPENSION -> {
                if (!slices.suspend(key, "No GPU activity for " + words(known.idleFor()) + ".")) {
                    yield known;
                }
                count("suspended");
                yield known.suspended(known.seenAt());
            }
        };
    }

    private void reclaim() {
        Duration after = settings.reclaimAfter();
        if (after == null) {
            return;
        }
        Instant then = clock.instant().minus(after);
        for (SliceKey key : transactions.acrossTenants(Job.RECONCILE, WATCH, () -> table.suspendedBy(then, BATCH))) {
            one(key, () -> in(key, () -> {
                if (slices.reclaim(key, "It was suspended because its GPU was idle, and nobody resumed it for " + words(after) + ".")) {
                    count("reclaimed");
                }
                return true;
            }));
        }
    }

    private static String words(Duration time) {
        return Slices.inWords(time.compareTo(Duration.ofMinutes(2)) < 0 ? time : time.truncatedTo(ChronoUnit.MINUTES));
    }

    private void count(String what) {
        Counter.builder("penstock.idle.steps").tag("step", what).description("What was done about idle workspaces").register(metrics).increment();
    }

    private <T> T in(SliceKey key, Supplier<T> work) {
        return transactions.inTenant(Job.RECONCILE, WATCH, key.tenant(), work);
    }
}

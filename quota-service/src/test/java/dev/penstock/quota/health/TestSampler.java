package dev.penstock.quota.health;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.settlement.Invariant;

/** Samples when a test says so. */
public final class TestSampler {

    private TestSampler() {}

    /** All invariants, of the last hours and of everything. */
    public static void sample(RunningService service) {
        service.bean(Sampler.class).sample(Reach.RECENT);
        service.bean(Sampler.class).sample(Reach.ALL);
        service.bean(HealthMetrics.class).refresh();
    }

    /** {@code recent/all} outcome of the last sample. */
    public static String outcome(RunningService service, Invariant invariant) {
        return String.join("/", service.column("select outcome from quota.invariant_check where invariant = '" + invariant + "' order by reach desc"));
    }
}

package dev.penstock.quota.health;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.quota.turn.Turns;
import org.springframework.stereotype.Component;

/** Samples for as long as the program runs, in one replica at a time; each tells its own metrics. */
@Component
class Sampling implements BackgroundWork {

    private final Turns turns;
    private final Sampler sampler;
    private final HealthMetrics metrics;
    private final HealthSettings settings;
    private final Rhythm rhythm;

    Sampling(Sampler sampler, HealthMetrics metrics, Turns turns, HealthSettings settings) {
        this.sampler = sampler;
        this.metrics = metrics;
        this.turns = turns;
        this.settings = settings;
        this.rhythm = Rhythm.of("invariants", settings.sampleEvery(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    private void turn() {
        if (turns.take(Sampler.ACTOR, Reach.RECENT.turn(), settings.sampleEvery())) {
            sampler.sample(Reach.RECENT);
        }
        if (turns.take(Sampler.ACTOR, Reach.ALL.turn(), settings.allEvery())) {
            sampler.sample(Reach.ALL);
        }
        metrics.refresh();
    }
}

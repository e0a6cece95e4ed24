package dev.penstock.quota.reconciliation;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.quota.turn.Turns;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reconciles for as long as the program runs, in one replica at a time; each tells its own metrics. */
@Component
class ReconciliationRhythm implements BackgroundWork {

    private static final String TURN = "engines";

    private final Reconciliation reconciliation;
    private final Reconciled reconciled;
    private final ReconciliationMetrics metrics;
    private final Turns turns;
    private final ReconciliationSettings settings;
    private final Clock clock;
    private final Rhythm rhythm;
    private @Nullable Instant tidiedHour;

    ReconciliationRhythm(
            Reconciliation reconciliation, Reconciled reconciled, ReconciliationMetrics metrics, Turns turns, ReconciliationSettings settings, Clock clock) {
        this.reconciliation = reconciliation;
        this.reconciled = reconciled;
        this.metrics = metrics;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
        this.rhythm = Rhythm.of("reconciliation", settings.every(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    private void turn() {
        if (turns.take(Comparing.ACTOR, TURN, settings.every())) {
            reconciliation.turn();
            Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
            if (!hour.equals(tidiedHour)) {
                reconciliation.tidy();
                tidiedHour = hour;
            }
        }
        metrics.stands(reconciled.standing());
    }
}

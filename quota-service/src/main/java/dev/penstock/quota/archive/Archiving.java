package dev.penstock.quota.archive;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.quota.turn.Turns;
import java.util.Optional;

/** For as long as the program runs, in one replica at a time. */
final class Archiving implements BackgroundWork {

    private static final String TURN = "usage-archive";

    private final Archiver archiver;
    private final LateEnds late;
    private final Turns turns;
    private final ArchiveSettings settings;
    private final ArchiveMetrics metrics;
    private final Rhythm rhythm;

    Archiving(Archiver archiver, LateEnds late, Turns turns, ArchiveSettings settings, ArchiveMetrics metrics) {
        this.archiver = archiver;
        this.late = late;
        this.turns = turns;
        this.settings = settings;
        this.metrics = metrics;
        this.rhythm = Rhythm.of("usage-archive", settings.archiveEvery(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    private void turn() {
        if (!turns.take(Archiver.ACTOR, TURN, settings.archiveEvery())) {
            // Whoever did knows whether it failed.
            metrics.fails(false);
            return;
        }
        try {
            metrics.booked(late.decide());
            Integer months = settings.months();
            while (months != null && rhythm.isOpen() && archivedOne(months)) {
                // There may be more.
            }
            metrics.fails(false);
        } catch (RuntimeException e) {
            metrics.fails(true);
            throw e;
        }
    }

    private boolean archivedOne(int months) {
        Optional<ArchivedDay> archived = archiver.archiveOldest(months);
        archived.ifPresent(metrics::archived);
        return archived.isPresent();
    }
}

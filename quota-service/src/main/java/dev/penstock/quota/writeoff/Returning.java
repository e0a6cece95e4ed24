package dev.penstock.quota.writeoff;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.quota.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A replica that was declared gone and is back with its disk: once what its former lives left is settled, nothing of it is lost. */
@Component
class Returning implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Returning.class);

    private final Journal journal;
    private final WriteOffs writeOffs;
    private final Rhythm rhythm;
    private boolean done;

    Returning(Journal journal, WriteOffs writeOffs, WriteOffSettings settings) {
        this.journal = journal;
        this.writeOffs = writeOffs;
        this.rhythm = Rhythm.of("write-off", settings.lookEvery(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** With what settles. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** What could not be settled is lost still. */
    void turn() {
        if (!done && journal.recovered() && !journal.hasGivenUp()) {
            if (writeOffs.takeBack(journal.id()) > 0) {
                log.info("this replica had been declared gone for good; its journal is settled, and what was written off is taken back");
            }
            done = true;
        }
    }
}

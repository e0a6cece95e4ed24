package dev.penstock.quota.allotment;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import org.springframework.stereotype.Component;

/** Says every so often that this replica is there, and returns what others are short of. */
@Component
class Recalls implements BackgroundWork {

    private final Rhythm rhythm;

    Recalls(Allotments allotments, AllotmentSettings settings) {
        this.rhythm = Rhythm.of("allotment-recalls", settings.meetEvery(), allotments::meet);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Before calls come, and until the last of them has ended. */
    @Override
    public int getPhase() {
        return 0;
    }
}

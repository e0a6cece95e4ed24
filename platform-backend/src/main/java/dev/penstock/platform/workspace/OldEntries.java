package dev.penstock.platform.workspace;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Forgets tickets, sessions and certificates that are long over, whichever way into workspaces there is: certificates are signed without any. */
@Component
class OldEntries implements BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Rhythm rhythm;

    OldEntries(Doorkeeper doorkeeper) {
        this.rhythm = Rhythm.of("workspace-entries", EVERY, doorkeeper::sweep);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }
}

package dev.penstock.quota.settlement;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether ends of attempts wait for their settlement in this replica. */
@Component
public class Backlog {

    private final Clock clock;
    private volatile @Nullable Instant since;

    Backlog(Clock clock) {
        this.clock = clock;
    }

    /** Since when they have waited without a pause; null: they do not. Grows old while the database is away. */
    public @Nullable Instant since() {
        return since;
    }

    /** @param waiting whether more ends wait than one batch */
    void waiting(boolean waiting) {
        if (!waiting) {
            since = null;
        } else if (since == null) {
            since = clock.instant();
        }
    }
}

package dev.penstock.quota.journal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while the disk takes nothing: then every call is refused. */
final class JournalHealth implements HealthIndicator {

    private final Journal journal;

    JournalHealth(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Health health() {
        String trouble = journal.trouble();
        return (trouble == null ? Health.up() : Health.down().withDetail("disk", trouble))
                .withDetail("open", journal.open())
                .withDetail("waiting", journal.waiting())
                .build();
    }
}

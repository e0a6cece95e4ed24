package dev.penstock.quota.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What an operator watches of it. */
@Component
class ArchiveMetrics {

    private final Counter days;
    private final Counter rows;
    private final Counter corrections;
    private volatile boolean failing;

    ArchiveMetrics(MeterRegistry registry) {
        this.days = Counter.builder("penstock.usage.archived.days").description("Days of usage that were archived and dropped").register(registry);
        this.rows = Counter.builder("penstock.usage.archived.rows").description("Usage rows of those days").register(registry);
        this.corrections = Counter.builder("penstock.usage.corrections").description("Ends told after their day was archived, and booked in the present").register(registry);
        Gauge.builder("penstock.usage.archive.failing", this, metrics -> metrics.failing ? 1 : 0)
                .description("1: the last turn failed; nothing was dropped, and the log says why")
                .register(registry);
    }

    void archived(ArchivedDay day) {
        days.increment();
        rows.increment(day.rows());
    }

    void booked(int ends) {
        corrections.increment(ends);
    }

    void fails(boolean now) {
        failing = now;
    }
}

package dev.penstock.quota.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an operator is woken by: entries that wait, a checkpoint that does not come, the alarm. */
final class SealMetrics implements MeterBinder {

    private final Sealing sealing;
    private final Publisher publisher;
    private final SealAlarm alarm;
    private final Clock clock;

    SealMetrics(Sealing sealing, Publisher publisher, SealAlarm alarm, Clock clock) {
        this.sealing = sealing;
        this.publisher = publisher;
        this.alarm = alarm;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("penstock.audit.waiting", () -> sealing.backlog().waiting())
                .description("Entries written and not yet sealed")
                .register(registry);
        Gauge.builder("penstock.audit.waiting.oldest", () -> age(sealing.backlog().oldest()))
                .baseUnit("seconds")
                .description("Age of the oldest entry that is not sealed; 0 when none waits")
                .register(registry);
        Gauge.builder("penstock.audit.turn.age", () -> age(sealing.ended()))
                .baseUnit("seconds")
                .description("Since the sealer last looked for entries; grows when it fails or is gone, and then what waits is not counted either")
                .register(registry);
        Gauge.builder("penstock.audit.checkpoint.age", () -> age(publisher.last()))
                .baseUnit("seconds")
                .description("Since the last checkpoint was signed; grows while nothing is written")
                .register(registry);
        Gauge.builder("penstock.audit.alarm", () -> alarm.raised() == null ? 0 : 1)
                .description("1: the database contradicts what was signed, and nothing is sealed until an operator acts")
                .register(registry);
    }

    private double age(@Nullable Instant since) {
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}

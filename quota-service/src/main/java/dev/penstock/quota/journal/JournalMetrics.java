package dev.penstock.quota.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator watches. */
final class JournalMetrics {

    private static final Logger log = LoggerFactory.getLogger(JournalMetrics.class);

    private final MeterRegistry registry;
    private final Timer write;
    private final DistributionSummary group;
    private final Counter intents;

    JournalMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.write = Timer.builder("penstock.journal.write").description("Writing a group of intents and ends, with its sync").register(registry);
        this.group = DistributionSummary.builder("penstock.journal.group").description("Intents and ends written at once").register(registry);
        this.intents = Counter.builder("penstock.journal.intents").description("Intents written").register(registry);
    }

    void watch(Journal journal) {
        Gauge.builder("penstock.journal.blocked", journal, watched -> watched.blocked() ? 1 : 0)
                .description("1 while the disk takes nothing and so nothing is admitted")
                .register(registry);
    }

    void written(List<Told> told, Duration took) {
        write.record(took);
        group.record(told.size());
        intents.increment(told.stream().filter(Told.Promise.class::isInstance).count());
    }

    void replayed(Replay replay, Path folder) {
        count("told", replay.told());
        count("alive", replay.alive());
        count("promised", replay.promised());
        count("damaged", replay.damaged());
        if (replay.torn() != null) {
            log.warn("the journal's {} ended in the middle of a record and is cut at byte {}", replay.torn().getKey(), replay.torn().getValue());
        }
        if (!replay.ends().isEmpty() || replay.damaged() > 0) {
            log.warn("the journal in {} tells of {} attempts that ended, {} that were alive and {} of which only the intent is left; {} slots cannot be read",
                    folder, replay.told(), replay.alive(), replay.promised(), replay.damaged());
        }
    }

    private void count(String what, int attempts) {
        Counter.builder("penstock.journal.replayed")
                .description("Attempts that an earlier life left in the journal")
                .tag("what", what)
                .register(registry)
                .increment(attempts);
    }
}

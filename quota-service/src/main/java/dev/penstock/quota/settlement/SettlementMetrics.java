package dev.penstock.quota.settlement;

import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.rating.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an operator watches. No ids among the tags: which attempt it was stands in the ledger. */
@Component
class SettlementMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Backlog backlog;

    SettlementMetrics(MeterRegistry registry, Journal journal, Backlog backlog, Clock clock) {
        this.registry = registry;
        this.backlog = backlog;
        this.clock = clock;
        Gauge.builder("penstock.journal.open", journal, Journal::open).description("Attempts under way or waiting for their settlement").register(registry);
        Gauge.builder("penstock.settlement.waiting", journal, Journal::waiting).description("Attempts that ended and are not settled").register(registry);
        Gauge.builder("penstock.settlement.lag", this::lag)
                .baseUnit("seconds")
                .description("How long ends have waited without a pause; grows while the database is away")
                .register(registry);
    }

    void settled(List<Settled> batch) {
        batch.stream().collect(Collectors.groupingBy(settled -> settled.settlement().cause(), Collectors.counting())).forEach(
                (cause, attempts) -> count("penstock.settlement.attempts", "Attempts settled, by how they ended", "cause", cause.word(), attempts));
        for (Settled settled : batch) {
            Charge charge = settled.charge();
            if (charge.estimated()) {
                count("penstock.settlement.estimated", "Attempts settled without the engine's own count", "cause", settled.settlement().cause().word(), 1);
            }
            if (!charge.lost().equals(Tokens.NONE)) {
                count("penstock.settlement.lost", "Tokens that nobody pays, by cause", "cause", settled.lossCause(), charge.lost().all());
            }
            if (charge.impossible() != null) {
                count("penstock.settlement.quarantined", "Attempts whose counts cannot be", "reason", charge.impossible(), 1);
            }
        }
    }

    /** A settlement that the database refuses, and will refuse again: its attempt stays open, and somebody has to look. */
    void stuck() {
        count("penstock.settlement.stuck", "Settlements given up; their attempts stay open", "cause", "refused", 1);
    }

    void failed() {
        count("penstock.settlement.failures", "Batches that will be tried again", "cause", "database", 1);
    }

    void recovered(int attempts) {
        count("penstock.settlement.recovered", "Attempts that nobody settled, settled at their bound", "cause", Cause.NEVER_SETTLED.word(), attempts);
    }

    private void count(String name, String description, String tag, String value, long by) {
        Counter.builder(name).description(description).tag(tag, value).register(registry).increment(by);
    }

    private double lag() {
        Instant since = backlog.since();
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}

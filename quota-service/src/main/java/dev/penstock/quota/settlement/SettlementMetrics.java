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
        begin();
    }

    /** There from the start, at nothing: what appears with its first event has no increase then. */
    private void begin() {
        for (Cause cause : Cause.values()) {
            attempts(cause, 0);
            estimated(cause, 0);
            lost(cause.word(), 0);
        }
        lost(Charge.BEYOND_BOUND, 0);
        Charge.IMPOSSIBLE.forEach(reason -> quarantined(reason, 0));
        stuck(0);
        failed(0);
        recovered(0);
    }

    void settled(List<Settled> batch) {
        batch.stream().collect(Collectors.groupingBy(settled -> settled.settlement().cause(), Collectors.counting())).forEach(
                this::attempts);
        for (Settled settled : batch) {
            Charge charge = settled.charge();
            if (charge.estimated()) {
                estimated(settled.settlement().cause(), 1);
            }
            if (!charge.lost().equals(Tokens.NONE)) {
                lost(settled.lossCause(), charge.lost().all());
            }
            if (charge.impossible() != null) {
                quarantined(charge.impossible(), 1);
            }
        }
    }

    /** A settlement that the database refuses, and will refuse again: its attempt stays open, and somebody has to look. */
    void stuck() {
        stuck(1);
    }

    void failed() {
        failed(1);
    }

    void recovered(int attempts) {
        count("penstock.settlement.recovered", "Attempts that nobody settled, settled at their bound", "cause", Cause.NEVER_SETTLED.word(), attempts);
    }

    private void attempts(Cause cause, long attempts) {
        count("penstock.settlement.attempts", "Attempts settled, by how they ended", "cause", cause.word(), attempts);
    }

    private void estimated(Cause cause, long attempts) {
        count("penstock.settlement.estimated", "Attempts settled without the engine's own count", "cause", cause.word(), attempts);
    }

    private void lost(String cause, long tokens) {
        count("penstock.settlement.lost", "Tokens that nobody pays, by cause", "cause", cause, tokens);
    }

    private void quarantined(String reason, long attempts) {
        count("penstock.settlement.quarantined", "Attempts whose counts cannot be", "reason", reason, attempts);
    }

    private void stuck(long settlements) {
        count("penstock.settlement.stuck", "Settlements given up; their attempts stay open", "cause", "refused", settlements);
    }

    private void failed(long batches) {
        count("penstock.settlement.failures", "Batches that will be tried again", "cause", "database", batches);
    }

    private void count(String name, String description, String tag, String value, long by) {
        Counter.builder(name).description(description).tag(tag, value).register(registry).increment(by);
    }

    private double lag() {
        Instant since = backlog.since();
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}

package dev.penstock.quota.refusal;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes down why calls were refused, without making any of them wait. */
@Component
public class RefusalLog implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final Actor WRITER = Actor.system("refusals");

    /** Kinds of refusals an hour that are counted apart; there are far fewer, and what is beyond is counted by nobody. */
    private static final int MOST_KINDS = 20_000;

    private final RefusalSettings settings;
    private final RefusalTable table;
    private final JobTransactions transactions;
    private final Clock clock;
    private final Budget budget;
    private final BlockingQueue<Refused> waiting;
    private final Map<Kind, Long> counts = new ConcurrentHashMap<>();
    private final Counter notKept;
    private final Rhythm rhythm;

    /** What is counted together. */
    record Kind(TenantId tenant, ProjectId project, Instant hour, int status, String code) {}

    RefusalLog(RefusalSettings settings, RefusalTable table, JobTransactions transactions, Clock clock, MeterRegistry metrics) {
        this.settings = settings;
        this.table = table;
        this.transactions = transactions;
        this.clock = clock;
        this.budget = new Budget(settings.mostPerHour());
        this.waiting = new ArrayBlockingQueue<>(settings.queue());
        this.notKept = Counter.builder("penstock.refusals.not.kept").description("Refused calls that are counted, and cannot be explained one by one").register(metrics);
        this.rhythm = Rhythm.of("refusals", settings.writeEvery(), this::write);
    }

    /** Returns at once. Callable from any thread. */
    public void note(Refused refused) {
        Kind kind = new Kind(
                refused.tenant(), refused.project(), refused.at().truncatedTo(ChronoUnit.HOURS), refused.status(), Objects.requireNonNullElse(refused.code(), ""));
        if (counts.size() < MOST_KINDS || counts.containsKey(kind)) {
            counts.merge(kind, 1L, Long::sum);
        }
        if (!budget.take(refused.tenant(), refused.at()) || !waiting.offer(refused)) {
            notKept.increment();
        }
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** What was noted last is written too. */
    @Override
    public void stop() {
        BackgroundWork.super.stop();
        write();
    }

    synchronized void write() {
        List<Refused> rows = new ArrayList<>();
        waiting.drainTo(rows);
        Map<Kind, Long> counted = new HashMap<>();
        counts.keySet().forEach(kind -> {
            Long count = counts.remove(kind);
            if (count != null) {
                counted.put(kind, count);
            }
        });
        Map<TenantId, List<Refused>> ofTenants = rows.stream().collect(Collectors.groupingBy(Refused::tenant));
        counted.keySet().stream().map(Kind::tenant).distinct().forEach(tenant -> write(
                tenant, ofTenants.getOrDefault(tenant, List.of()),
                counted.entrySet().stream().filter(entry -> entry.getKey().tenant().equals(tenant)).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /** What cannot be written is lost; its numbers are not. */
    private void write(TenantId tenant, List<Refused> rows, Map<Kind, Long> counted) {
        try {
            transactions.inTenant(Job.SETTLE, WRITER, tenant, () -> {
                table.insert(rows);
                table.count(counted);
                table.removeBefore(tenant, clock.instant().minus(settings.keepFor()));
                return true;
            });
        } catch (RuntimeException e) {
            log.warn("why {} calls of tenant {} were refused is not kept: {}", rows.size(), tenant, e.getMessage());
            notKept.increment(rows.size());
            counted.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        }
    }
}

package dev.penstock.platform.request;

import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Reminds of requests that wait for long, ends those that nobody decided, and completes those that policy approves and a crash left open. Any number of replicas may run it:
 * each step looks again under the request's lock.
 */
@Component
class RequestTimer implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(RequestTimer.class);
    private static final Actor TIMER = Actor.system("request-timer");
    private static final int BATCH = 500;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final Decisions decisions;
    private final RequestSettings settings;
    private final Clock clock;

    RequestTimer(JobTransactions transactions, JdbcClient jdbc, Decisions decisions, RequestSettings settings, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::run, settings.timer());
    }

    void run() {
        each("reminding of requests", "reminded_at is null and lapses_at > :now and requested_at <= :now::timestamptz - interval '%d seconds'"
                .formatted(settings.remindAfter().toSeconds()), decisions::remind);
        each("lapsing requests", "lapses_at <= :now", decisions::lapse);
        each("approving by policy", """
                lapses_at > :now
                and jsonb_array_length(checks) > 0
                and not exists (select from jsonb_array_elements(checks) looked_at where looked_at ->> 'result' <> 'PASSES')""", decisions::approveByPolicy);
    }

    private void each(String what, String condition, BiConsumer<TenantId, RequestId> act) {
        try {
            for (Open open : open(condition)) {
                one(what, open, act);
            }
        } catch (RuntimeException e) {
            log.warn("{}: looking for them; trying again", what, e);
        }
    }

    /** One that cannot be done must not keep the others from it. */
    private static void one(String what, Open open, BiConsumer<TenantId, RequestId> act) {
        try {
            act.accept(open.tenant(), open.request());
        } catch (RuntimeException e) {
            log.warn("{}: request {}; trying again", what, open.request(), e);
        }
    }

    private List<Open> open(String condition) {
        return transactions.acrossTenants(Job.RECONCILE, TIMER, () -> jdbc.sql("""
                        select tenant_id, id from platform.slice_request
                         where state = 'SUBMITTED' and %s
                         order by lapses_at
                         limit %d""".formatted(condition, BATCH))
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> new Open(
                        new TenantId(Objects.requireNonNull(row.getObject("tenant_id", UUID.class))),
                        new RequestId(Objects.requireNonNull(row.getObject("id", UUID.class)))))
                .list());
    }

    private record Open(TenantId tenant, RequestId request) {}
}

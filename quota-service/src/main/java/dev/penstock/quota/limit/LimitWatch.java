package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Warns once, in each period, of each threshold that the use of a limit has passed: on record, in the trail, to open pages, and to the operator's
 * metrics.
 *
 * <p>It looks at the use that others have booked, so that nobody who books waits for it, and so that it makes no difference what brought the use
 * there: calls, slices, a count made anew, a limit that was lowered. Any number of replicas look; the row decides who warns.
 */
@Component
class LimitWatch implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(LimitWatch.class);
    private static final Actor ACTOR = Actor.system("limits");

    /** In one turn; the next comes at once as long as there are more. */
    static final int MOST_AT_ONCE = 500;

    private final JobTransactions transactions;
    private final LimitTable limits;
    private final WarningTable warnings;
    private final AuditLog audit;
    private final Changes changes;
    private final LimitMetrics metrics;
    private final Clock clock;
    private final Rhythm rhythm;

    LimitWatch(
            JobTransactions transactions, LimitTable limits, WarningTable warnings, AuditLog audit, Changes changes, LimitMetrics metrics,
            LimitSettings settings, Clock clock) {
        this.transactions = transactions;
        this.limits = limits;
        this.warnings = warnings;
        this.audit = audit;
        this.changes = changes;
        this.metrics = metrics;
        this.clock = clock;
        this.rhythm = Rhythm.of("limit-watch", settings.watchEvery(), this::look);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Safe to repeat, and for several at once. */
    void look() {
        Instant now = clock.instant();
        List<WarningTable.Passed> passed = transactions.acrossTenants(Job.ORG, ACTOR, () -> warnings.passed(now, MOST_AT_ONCE));
        Map<TenantId, List<WarningTable.Passed>> byTenant =
                passed.stream().collect(Collectors.groupingBy(WarningTable.Passed::tenant, LinkedHashMap::new, Collectors.toList()));
        int warned = 0;
        for (Map.Entry<TenantId, List<WarningTable.Passed>> each : byTenant.entrySet()) {
            warned += look(each.getKey(), each.getValue(), now);
        }
        if (passed.size() == MOST_AT_ONCE && warned > 0) {
            rhythm.wake();
        }
    }

    /** What fails for one tenant, such as a limit that is removed in the middle, keeps no other from being warned. */
    private int look(TenantId tenant, List<WarningTable.Passed> passed, Instant now) {
        try {
            List<Warned> warned = transactions.inTenant(Job.WEB, ACTOR, tenant, () -> warn(tenant, passed, now));
            warned.forEach(metrics::warned);
            return warned.size();
        } catch (DataAccessException | TransactionException e) {
            log.warn("warning of limits of tenant {}; the next look tries again", tenant, e);
            return 0;
        }
    }

    private List<Warned> warn(TenantId tenant, List<WarningTable.Passed> passed, Instant now) {
        Map<LimitId, Limit> present = limits.list(tenant).stream().collect(Collectors.toMap(Limit::id, Function.identity()));
        List<Warned> warned = new ArrayList<>();
        for (WarningTable.Passed each : passed) {
            Limit limit = present.get(each.limit());
            if (limit == null || !each.amount().equals(limit.allowance().amount())) {
                // Removed or changed since: the next look sees what it is now.
                continue;
            }
            if (warnings.insert(each, warned(limit, each.period(), now), now)) {
                tell(limit, each);
                warned.add(new Warned(limit, each.percent()));
            }
        }
        return warned;
    }

    /** Who has been warned of a minute, an hour or what is held at the moment hears of it again on the tenant's next day. */
    private static Period warned(Limit limit, Period period, Instant now) {
        return switch (limit.subject().window()) {
            case NOW -> limit.calendar().day(now);
            case MINUTE, HOUR -> limit.calendar().day(period.start());
            case DAY, MONTH, LIFE -> period;
        };
    }

    private void tell(Limit limit, WarningTable.Passed passed) {
        Subject subject = limit.subject();
        audit.append(new AuditEvent(
                "limit.warn", "limit", limit.id().toString(), subject.title() + " of " + limit.owner(), subject.project(), null, null,
                new Snapshot(passed.percent(), passed.used(), passed.amount(), limit.allowance().hard(), start(subject, passed.period()))));
        changes.tell("limit", limit.tenant(), subject.project(), limit.id().toString(), "WARNED");
    }

    private static @Nullable Instant start(Subject subject, Period period) {
        return subject.window() == Window.NOW || subject.window() == Window.LIFE ? null : period.start();
    }

    /** A warning that was given. */
    record Warned(Limit limit, int percent) {}

    /** How the trail keeps it; amounts in the limit's unit. */
    private record Snapshot(
            int percent, BigInteger used, BigInteger amount, boolean hard, @Nullable Instant periodStart) {}
}

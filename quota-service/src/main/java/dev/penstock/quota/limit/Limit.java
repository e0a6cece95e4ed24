package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitWarning;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import dev.penstock.quota.reservation.LimitUse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it stands.
 *
 * @param projectName null: it stands on the tenant
 * @param keyName null: it stands on no key
 * @param calendar the tenant's
 */
record Limit(
        TenantId tenant, LimitId id, String tenantName, @Nullable String projectName, @Nullable String keyName, TenantCalendar calendar,
        Subject subject, Allowance allowance) {

    /**
     * How much, what happens beyond it, and from when on people are warned.
     *
     * @param amount null: unlimited
     * @param hard false: nothing is refused
     * @param softPercent null: not before all of it is used
     */
    record Allowance(@Nullable BigInteger amount, boolean hard, @Nullable Integer softPercent) {

        static Allowance of(LimitSpec spec) {
            return new Allowance(spec.amount(), !Boolean.FALSE.equals(spec.hard()), spec.softPercent());
        }
    }

    /** The period that counts at an instant. */
    Period period(Instant now) {
        return calendar.period(subject.window(), now);
    }

    /** Whose it is, for a person. */
    String owner() {
        return keyName != null ? keyName
                : subject.person() != null ? subject.person()
                : projectName != null ? projectName : tenantName;
    }

    LimitView view(LimitUse.Use use, List<LimitWarning> warnings, Instant now) {
        Period period = period(now);
        boolean resets = !period.equals(Period.ALWAYS);
        return new LimitView(
                id, tenant, tenantName, subject.project(), projectName, subject.key(), keyName, subject.person(), subject.meter(), subject.profile(),
                subject.models(), subject.window(), allowance.amount(), allowance.hard(), allowance.softPercent(), use.settled(), use.leased(),
                resets ? period.start() : null, resets ? period.end() : null, warnings);
    }
}

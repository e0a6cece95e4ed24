package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import dev.penstock.quota.reservation.LimitUse;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it stands.
 *
 * @param projectName null: it stands on the tenant
 * @param keyName null: it stands on no key
 * @param calendar the tenant's
 */
record Limit(
        TenantId tenant, LimitId id, String tenantName, @Nullable String projectName, @Nullable String keyName, TenantCalendar calendar, Subject subject, Allowance allowance) {

    /**
     * How much, and from when on people are warned.
     *
     * @param amount null: unlimited
     * @param softPercent null: no warning
     */
    record Allowance(@Nullable BigInteger amount, @Nullable Integer softPercent) {}

    /** The period that counts at an instant. */
    Period period(Instant now) {
        return calendar.period(subject.window(), now);
    }

    /** Whose it is, for a person. */
    String owner() {
        return keyName != null ? keyName : projectName != null ? projectName : tenantName;
    }

    LimitView view(LimitUse.Use use, Instant now) {
        Period period = period(now);
        boolean resets = !period.equals(Period.ALWAYS);
        return new LimitView(
                id, tenant, tenantName, subject.project(), projectName, subject.key(), keyName, subject.meter(), subject.profile(), subject.window(),
                allowance.amount(), allowance.softPercent(), use.settled(), use.leased(),
                resets ? period.start() : null, resets ? period.end() : null);
    }
}

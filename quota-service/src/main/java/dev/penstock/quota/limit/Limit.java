package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import dev.penstock.quota.reservation.LimitUse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it stands.
 *
 * @param projectName null: it stands on the tenant
 * @param calendar the tenant's
 */
record Limit(
        TenantId tenant, LimitId id, String tenantName, @Nullable String projectName, TenantCalendar calendar, Subject subject, Allowance allowance) {

    /**
     * How much, and from when on people are warned.
     *
     * @param amount null: unlimited
     * @param softPercent null: no warning
     */
    record Allowance(@Nullable Long amount, @Nullable Integer softPercent) {}

    /** The period that counts at an instant. */
    Period period(Instant now) {
        return switch (subject.window()) {
            case NOW -> Period.ALWAYS;
            case MONTH -> calendar.month(now);
        };
    }

    LimitView view(LimitUse.Use use, Instant now) {
        boolean monthly = subject.window() == Window.MONTH;
        Period period = period(now);
        return new LimitView(
                id, tenant, tenantName, subject.project(), projectName, subject.meter(), subject.profile(), subject.window(),
                allowance.amount(), allowance.softPercent(), use.settled(), use.leased(),
                monthly ? period.start() : null, monthly ? period.end() : null);
    }
}

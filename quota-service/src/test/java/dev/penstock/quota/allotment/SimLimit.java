package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A limit as somebody set it.
 *
 * @param level 0: all calls; 1: of the project {@code node}; 2: of the key {@code node}
 */
record SimLimit(LimitId id, int level, int node, Meter meter, Window window, long amount) {

    private static final TenantCalendar CALENDAR = new TenantCalendar(ZoneOffset.UTC);

    boolean counts(SimCall call) {
        return level == 0 || (level == 1 ? call.project : call.key) == node;
    }

    Period period(Instant at) {
        return CALENDAR.period(window, at);
    }

    PotId pot(SimCall call) {
        return new PotId(id, period(call.ts));
    }

    long asked(SimCall call) {
        return meter == Meter.TOKENS ? call.bound : 1;
    }

    /** What an attempt that used so many tokens counts for good. */
    long counted(long tokens) {
        return switch (meter) {
            case TOKENS -> tokens;
            case REQUESTS -> 1;
            default -> 0;
        };
    }

    SimLimit of(long other) {
        return new SimLimit(id, level, node, meter, window, other);
    }
}

package dev.penstock.quota.calendar;

import dev.penstock.contract.quota.Window;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The periods of a calendar for who asks thousands of times a second, nearly always for the present one: the last of each window is remembered. */
public final class PresentPeriods implements Periods {

    private final TenantCalendar calendar;
    private final AtomicReferenceArray<@Nullable Period> last = new AtomicReferenceArray<>(Window.values().length);

    public PresentPeriods(TenantCalendar calendar) {
        this.calendar = calendar;
    }

    @Override
    public Period period(Window window, Instant at) {
        Period known = last.get(window.ordinal());
        if (known != null && known.contains(at)) {
            return known;
        }
        Period period = calendar.period(window, at);
        last.set(window.ordinal(), period);
        return period;
    }
}

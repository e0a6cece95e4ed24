package dev.penstock.quota.calendar;

import dev.penstock.contract.quota.Window;
import java.time.Instant;

/** How time is divided for somebody. */
@FunctionalInterface
public interface Periods {

    /** The period of a window in which {@code at} falls. */
    Period period(Window window, Instant at);
}

package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Parts of the next minutes and hours, drawn before they begin, so that an absent database does not refuse everybody at the turn of a minute. Without
 * I/O or a clock. Only where there is demand: nothing is drawn for who does not call. And again when demand has doubled, since most windows are drawn when
 * somebody has just begun to call; not each time that it grows, or all of a scarce limit would soon be with who asks most often. Of one thread.
 */
final class WindowsAhead {

    private static final BigInteger TWICE = BigInteger.TWO;

    private final int windows;
    private final Duration stretch;
    /** What was wanted of windows that have not begun when they were drawn last. */
    private final Map<PotId, BigInteger> drawnFor = new HashMap<>();

    /**
     * @param windows how many of them
     * @param stretch in which demand is counted
     */
    WindowsAhead(int windows, Duration stretch) {
        this.windows = windows;
        this.stretch = stretch;
    }

    /** One draw per window: what is wanted of one does not depend on another. Nothing is refused for it. */
    List<Draw> draws(Pots pots, LimitId limit, Window window, Instant at, long now) {
        if (window != Window.MINUTE && window != Window.HOUR) {
            return List.of();
        }
        BigInteger demand = pots.demand(limit, now);
        if (demand.signum() == 0) {
            return List.of();
        }
        drawnFor.keySet().removeIf(pot -> !pot.period().start().isAfter(at));
        List<Period> next = next(window, at);
        BigInteger wanted = demand.multiply(BigInteger.valueOf(stretches(next.getFirst())));
        List<Draw> draws = new ArrayList<>();
        for (Period period : next) {
            PotId pot = new PotId(limit, period);
            BigInteger lacking = wanted.subtract(pots.free(pot));
            boolean due = !pots.has(pot) || wanted.compareTo(drawnFor.getOrDefault(pot, BigInteger.ZERO).multiply(TWICE)) >= 0;
            if (due && lacking.signum() > 0) {
                drawnFor.put(pot, wanted);
                draws.add(new Draw(List.of(new Draw.Line(pot, BigInteger.ZERO, lacking, 0))));
            }
        }
        return draws;
    }

    /** Of what was to be drawn nobody knows whether it was. */
    void forget() {
        drawnFor.clear();
    }

    private List<Period> next(Window window, Instant at) {
        // Minutes and hours are alike in every zone.
        TenantCalendar calendar = new TenantCalendar(ZoneOffset.UTC);
        List<Period> next = new ArrayList<>();
        Stream.iterate(calendar.period(window, at), period -> calendar.period(window, period.end())).skip(1).limit(windows).forEach(next::add);
        return next;
    }

    private long stretches(Period window) {
        return Math.max(1, Duration.between(window.start(), window.end()).dividedBy(stretch));
    }
}

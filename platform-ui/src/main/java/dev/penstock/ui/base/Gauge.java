package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Use against a limit: flow in teal up to the gate, set aside hatched, copper past the soft mark. */
public final class Gauge {

    private Gauge() {}

    /**
     * @param used final use
     * @param setAside reserved, and may still be given back
     * @param limit the hard limit, above zero or not
     * @param softPercent where people are warned; null: nowhere
     * @param label what it measures, for a screen reader
     */
    public static Component of(long used, long setAside, long limit, @Nullable Integer softPercent, String label) {
        return of(BigInteger.valueOf(used), BigInteger.valueOf(setAside), BigInteger.valueOf(limit), softPercent, true, label);
    }

    /** As above, for amounts of any size. */
    public static Component of(BigInteger used, BigInteger setAside, BigInteger limit, @Nullable Integer softPercent, String label) {
        return of(used, setAside, limit, softPercent, true, label);
    }

    /** @param hard false: there is no gate, nothing is refused beyond it */
    public static Component of(BigInteger used, BigInteger setAside, BigInteger limit, @Nullable Integer softPercent, boolean hard, String label) {
        int usedShare = Math.min(100, Quantities.percent(used, limit));
        int allShare = Math.min(100, Quantities.percent(used.add(setAside), limit));
        var meter = Markup.of("span", near(used.add(setAside), limit, softPercent) ? "meter near" : "meter", Markup.of("i", "used"))
                .style("--used", usedShare + "%")
                .style("--held", allShare - usedShare + "%")
                .attribute("role", "meter")
                .attribute("aria-valuemin", "0")
                .attribute("aria-valuemax", "100")
                .attribute("aria-valuenow", String.valueOf(allShare))
                .attribute("aria-label", label);
        if (allShare > usedShare) {
            meter.with(Markup.of("i", "held"));
        }
        if (softPercent != null) {
            meter.style("--soft", softPercent + "%").with(Markup.of("i", "soft"));
        }
        return meter.with(Markup.of("i", hard ? "hard" : "open"));
    }

    /** Whether the soft mark is passed; without one, from 90 % on. */
    public static boolean near(long used, long limit, @Nullable Integer softPercent) {
        return near(BigInteger.valueOf(used), BigInteger.valueOf(limit), softPercent);
    }

    public static boolean near(BigInteger used, BigInteger limit, @Nullable Integer softPercent) {
        return Quantities.percent(used, limit) >= (softPercent == null ? 90 : softPercent);
    }
}

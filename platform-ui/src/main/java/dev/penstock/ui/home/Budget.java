package dev.penstock.ui.home;

import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Scope;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * This month's spend of what is looked at, against what may be spent. Amounts are in 10⁻¹² of the currency. Pure.
 *
 * @param amount the limit, or the sum of the tenants' limits
 * @param ofScope whether it is for exactly what is looked at; otherwise it is shared with others
 */
record Budget(String owner, BigInteger used, BigInteger setAside, BigInteger amount, @Nullable Integer softPercent, Instant from, Instant to, boolean ofScope) {

    /** Before this much of a month has passed its pace says nothing about the rest. */
    static final Duration ENOUGH = Duration.ofDays(3);

    /**
     * Of a project: its own limit, otherwise its tenant's. Of everything: of all tenants that have one, added up. Null where no spend is
     * limited.
     */
    static @Nullable Budget of(List<LimitView> limits, Scope scope) {
        List<LimitView> money = limits.stream()
                .filter(limit -> limit.meter() == Meter.MONEY && limit.window() == Window.MONTH && limit.key() == null && limit.person() == null && limit.models() == null)
                .filter(limit -> limit.amount() != null && limit.periodStart() != null && limit.resets() != null)
                .toList();
        List<LimitView> preferred = money.stream().filter(limit -> (limit.project() == null) == scope.isEverything()).toList();
        List<LimitView> counted = preferred.isEmpty() ? money : preferred;
        if (counted.isEmpty()) {
            return null;
        }
        LimitView first = counted.getFirst();
        boolean one = counted.size() == 1;
        return new Budget(
                one ? Limits.owner(first) : first.project() == null ? "all tenants" : "all projects",
                sum(counted.stream().map(LimitView::used).toList()),
                sum(counted.stream().map(LimitView::setAside).toList()),
                sum(counted.stream().map(limit -> Objects.requireNonNull(limit.amount())).toList()),
                one ? first.softPercent() : null,
                Objects.requireNonNull(first.periodStart()),
                Objects.requireNonNull(first.resets()),
                !preferred.isEmpty());
    }

    private static BigInteger sum(List<BigInteger> amounts) {
        return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    boolean isEnoughToForecast(Instant now) {
        return Duration.between(from, now).compareTo(ENOUGH) >= 0 && now.isBefore(to) && used.signum() > 0;
    }

    /** What the whole month comes to at the pace so far. */
    BigInteger forecast(Instant now) {
        return used.multiply(seconds(from, to)).divide(seconds(from, now));
    }

    /** When it is used up at the pace so far; null when that is not within the month, or there is not enough to tell. */
    @Nullable Instant exhausted(Instant now) {
        if (!isEnoughToForecast(now)) {
            return null;
        }
        BigInteger seconds = amount.multiply(seconds(from, now)).divide(used);
        return seconds.compareTo(seconds(from, to)) >= 0 ? null : from.plusSeconds(seconds.longValueExact());
    }

    /** A day of the month so far. */
    BigInteger perDay(Instant now) {
        return used.multiply(BigInteger.valueOf(Duration.ofDays(1).toSeconds())).divide(seconds(from, now));
    }

    private static BigInteger seconds(Instant one, Instant other) {
        return BigInteger.valueOf(Math.max(1, Duration.between(one, other).toSeconds()));
    }
}

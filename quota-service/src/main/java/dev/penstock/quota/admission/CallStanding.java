package dev.penstock.quota.admission;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A claim against the use of its limit at this moment. Pure.
 *
 * @param settled what is final
 * @param leased what is set aside
 */
record CallStanding(CallClaim claim, BigInteger settled, BigInteger leased) {

    /** Whether the limit still holds afterwards. Where it does not hold even now, nothing more fits. */
    boolean fits() {
        BigInteger amount = claim.rule().amount();
        return amount == null || settled.add(leased).add(claim.asked()).compareTo(amount) <= 0;
    }

    /** What is left once the claim is granted; null where nothing is limited. */
    Verdict.@Nullable Room room() {
        CallRule rule = claim.rule();
        BigInteger amount = rule.amount();
        if (amount == null) {
            return null;
        }
        BigInteger left = amount.subtract(settled).subtract(leased).subtract(claim.asked()).max(BigInteger.ZERO);
        return new Verdict.Room(rule.id(), rule.meter(), rule.window(), rule.level(), amount, left, resets());
    }

    Verdict.Refused refused() {
        CallRule rule = claim.rule();
        return new Verdict.Refused(
                rule.id(), rule.meter(), rule.window(), amount(), settled, leased, claim.asked(), new Verdict.Owner(rule.level(), rule.owner()), resets(),
                retry());
    }

    /** When it may help to try again. */
    Verdict.Retry retry() {
        BigInteger others = settled.add(claim.asked());
        if (claim.asked().compareTo(amount()) > 0) {
            return Verdict.Retry.NEVER;
        }
        return switch (claim.rule().window()) {
            case NOW -> Verdict.Retry.WHEN_OTHERS_END;
            case MINUTE, HOUR -> Verdict.Retry.AFTER_RESET;
            case DAY, MONTH -> others.compareTo(amount()) <= 0 ? Verdict.Retry.WHEN_OTHERS_END : Verdict.Retry.AFTER_RESET;
            // What is used of it is used for good.
            case LIFE -> others.compareTo(amount()) <= 0 ? Verdict.Retry.WHEN_OTHERS_END : Verdict.Retry.NEVER;
        };
    }

    /** Null for what is held at this moment, and for life. */
    @Nullable Instant resets() {
        return claim.period().equals(Period.ALWAYS) ? null : claim.period().end();
    }

    Meter meter() {
        return claim.rule().meter();
    }


    private BigInteger amount() {
        return Objects.requireNonNull(claim.rule().amount(), "an unlimited limit refuses nothing");
    }
}

package dev.penstock.quota.admission;

import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
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
        BigInteger cap = claim.rule().cap();
        return cap == null || settled.add(leased).add(claim.asked()).compareTo(cap) <= 0;
    }

    /** What is left once the claim is granted; null where nothing is refused. */
    Verdict.@Nullable Room room() {
        CallRule rule = claim.rule();
        BigInteger cap = rule.cap();
        if (cap == null) {
            return null;
        }
        BigInteger left = cap.subtract(settled).subtract(leased).subtract(claim.asked()).max(BigInteger.ZERO);
        return new Verdict.Room(rule.id(), rule.meter(), rule.window(), rule.level(), cap, left, claim.resets());
    }

    Verdict.Refused refused() {
        CallRule rule = claim.rule();
        return new Verdict.Refused(
                rule.id(), rule.meter(), rule.window(), rule.models(), cap(), settled, leased, claim.asked(), new Verdict.Owner(rule.level(), rule.owner()),
                claim.resets(), retry());
    }

    /** When it may help to try again. */
    Verdict.Retry retry() {
        BigInteger others = settled.add(claim.asked());
        if (claim.asked().compareTo(cap()) > 0) {
            return Verdict.Retry.NEVER;
        }
        return switch (claim.rule().window()) {
            case NOW -> Verdict.Retry.WHEN_OTHERS_END;
            case MINUTE, HOUR -> Verdict.Retry.AFTER_RESET;
            case DAY, MONTH -> others.compareTo(cap()) <= 0 ? Verdict.Retry.WHEN_OTHERS_END : Verdict.Retry.AFTER_RESET;
            // What is used of it is used for good.
            case LIFE -> others.compareTo(cap()) <= 0 ? Verdict.Retry.WHEN_OTHERS_END : Verdict.Retry.NEVER;
        };
    }

    Meter meter() {
        return claim.rule().meter();
    }

    private BigInteger cap() {
        return Objects.requireNonNull(claim.rule().cap(), "a limit that is unlimited or soft refuses nothing");
    }
}

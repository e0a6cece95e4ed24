package dev.penstock.quota.admission;

import dev.penstock.quota.calendar.Periods;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an attempt asks of whom, and which limit says no. Pure. */
final class Weighing {

    /**
     * Whom a refused caller is told of, if several limits refuse: what never fits first, then what resets last. Told of a nearer one it would come
     * back in vain. Then what people know best: the tenant before the project, the person and the key.
     */
    private static final Comparator<CallStanding> MOST_TELLING = Comparator.comparing(CallStanding::retry)
            .thenComparing(standing -> standing.claim().period().end(), Comparator.<Instant>reverseOrder())
            .thenComparing(standing -> standing.claim().rule().level())
            .thenComparing(CallStanding::meter)
            .thenComparing(standing -> standing.claim().rule().id().toString());

    private Weighing() {}

    /**
     * The claims, in the order of the rules. Limits on other models are left out, and those of which nothing is asked: a free call is not refused for
     * money.
     *
     * @param cost the most the attempt can cost
     */
    static List<CallClaim> claims(List<CallRule> rules, Periods periods, Ask ask, BigInteger cost) {
        List<CallClaim> claims = new ArrayList<>(rules.size());
        for (CallRule rule : rules) {
            BigInteger asked = rule.counts(ask.target().model()) ? rule.asked(ask.number(), ask.bound(), cost) : BigInteger.ZERO;
            if (asked.signum() > 0) {
                claims.add(new CallClaim(rule, periods.period(rule.window(), ask.ts()), asked));
            }
        }
        return List.copyOf(claims);
    }

    /** The one that does not fit; empty when all of them do, which is the only case in which anything is set aside. */
    static Optional<CallStanding> refusedBy(List<CallStanding> standings) {
        return mostTelling(standings.stream().filter(standing -> !standing.fits()).toList());
    }

    /** Of those that refuse, the one that is told; empty if there is none. */
    static Optional<CallStanding> mostTelling(List<CallStanding> refusing) {
        return refusing.stream().min(MOST_TELLING);
    }
}

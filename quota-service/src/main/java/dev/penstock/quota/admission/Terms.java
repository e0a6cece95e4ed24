package dev.penstock.quota.admission;

import dev.penstock.quota.allotment.Claim;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.util.List;

/**
 * On which an attempt is admitted from memory.
 *
 * @param cost the most it can cost
 * @param claims one of each limit that counts it
 */
record Terms(TokenPrices prices, BigInteger cost, Words words, List<CallClaim> claims) {

    static Terms of(Ask ask, TenantRules rules, TokenPrices prices, Words words) {
        BigInteger cost = prices.bound(ask.bound().inputTokens(), ask.bound().outputTokens());
        return new Terms(prices, cost, words, Weighing.claims(rules.counting(ask.caller()), rules.periods(), ask, cost));
    }

    /** Whether an intent has room for so many shares. */
    boolean canBeWritten() {
        return claims.size() <= Intent.MOST_PARTS;
    }

    /** In the order of the claims. */
    List<Claim> asked() {
        return claims.stream().map(claim -> new Claim(claim.pot(), claim.asked())).toList();
    }
}

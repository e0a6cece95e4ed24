package dev.penstock.quota.admission;

import dev.penstock.quota.allotment.Claim;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which an attempt is admitted from memory.
 *
 * @param cost the most it can cost
 * @param model number of the model's word
 * @param person number of the person's word; null for a key
 * @param claims one of each limit that counts it
 */
record Terms(TokenPrices prices, BigInteger cost, int model, @Nullable Integer person, List<CallClaim> claims) {

    static Terms of(Ask ask, TenantRules rules, TokenPrices prices, int model, @Nullable Integer person) {
        BigInteger cost = prices.bound(ask.bound().inputTokens(), ask.bound().outputTokens());
        return new Terms(prices, cost, model, person, Weighing.claims(rules.counting(ask.caller()), rules.periods(), ask, cost));
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

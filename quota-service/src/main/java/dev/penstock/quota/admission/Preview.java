package dev.penstock.quota.admission;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.TriedLimit;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the limits would say of an attempt. Sets nothing aside and keeps nobody from it: a moment later it may be otherwise. */
@Component
public class Preview {

    private final JobTransactions transactions;
    private final CallRuleTable rules;
    private final CallPeriods periods;
    private final PriceBooks prices;

    Preview(JobTransactions transactions, CallRuleTable rules, CallPeriods periods, PriceBooks prices) {
        this.transactions = transactions;
        this.rules = rules;
        this.periods = periods;
        this.prices = prices;
    }

    /**
     * @param most what it can cost; null: nothing, or it has no price
     * @param no why it would be refused; null: it would be admitted
     */
    public record Foreseen(List<TriedLimit> limits, @Nullable Money most, @Nullable Verdict no) {}

    /** Waits for the database. */
    public Foreseen of(Actor actor, Ask ask) {
        return transactions.inTenant(Job.SETTLE, actor, ask.caller().tenant(), () -> {
            Optional<TokenPrices> price = ask.target().shared()
                    ? prices.tokens(ask.target().sku(), ask.ts(), ask.bound().outputTokens() > 0)
                    : Optional.of(TokenPrices.FREE);
            if (price.isEmpty()) {
                return new Foreseen(List.of(), null, new Verdict.Unpriced(ask.target().sku()));
            }
            Money most = most(price.get(), ask);
            return rules.counting(ask.caller(), "")
                    .map(counting -> foreseen(standings(counting, ask, most), most))
                    .orElseGet(() -> new Foreseen(List.of(), most, new Verdict.Unavailable(Verdict.Reason.DATABASE)));
        });
    }

    private static @Nullable Money most(TokenPrices price, Ask ask) {
        return price.areFree() ? null : new Money(price.bound(ask.bound().inputTokens(), ask.bound().outputTokens()), price.currency());
    }

    private List<CallStanding> standings(CallRuleTable.Rules counting, Ask ask, @Nullable Money most) {
        return periods.look(ask.caller().tenant(), Weighing.claims(counting.rules(), counting.calendar(), ask, most == null ? BigInteger.ZERO : most.picoUnits()));
    }

    /** What replicas have drawn ahead may still come back, and is asked back before anybody is refused. */
    private static Foreseen foreseen(List<CallStanding> standings, @Nullable Money most) {
        Optional<CallStanding> no = Weighing.mostTelling(standings.stream().filter(standing -> fits(standing) == TriedLimit.Fits.NO).toList());
        return new Foreseen(standings.stream().map(Preview::told).toList(), most, no.map(CallStanding::refused).orElse(null));
    }

    private static TriedLimit told(CallStanding standing) {
        CallClaim claim = standing.claim();
        CallRule rule = claim.rule();
        return new TriedLimit(
                rule.id(), rule.level().word(), rule.owner(), rule.meter(), rule.window(), rule.models(), rule.amount(), rule.hard(), standing.settled(), standing.leased(), claim.asked(),
                claim.resets(), fits(standing));
    }

    private static TriedLimit.Fits fits(CallStanding standing) {
        if (standing.fits()) {
            return TriedLimit.Fits.YES;
        }
        return new CallStanding(standing.claim(), standing.settled(), BigInteger.ZERO).fits() ? TriedLimit.Fits.IF_OTHERS_GIVE_BACK : TriedLimit.Fits.NO;
    }
}

package dev.penstock.quota.admission;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.rating.PresentPrices;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.usage.UsageWords;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What has to be known of an attempt before it may take anything: from memory for nearly all, and otherwise read. */
@Component
class Knowing {

    private static final Actor ACTOR = Actor.system("admission");

    private final RuleCopies rules;
    private final PresentPrices prices;
    private final UsageWords words;
    private final Days days;
    private final JobTransactions transactions;

    Knowing(RuleCopies rules, PresentPrices prices, UsageWords words, Days days, JobTransactions transactions) {
        this.rules = rules;
        this.prices = prices;
        this.words = words;
        this.days = days;
        this.transactions = transactions;
    }

    /** From memory alone; empty: something of it has to be read. */
    Optional<Terms> find(Ask ask) {
        Optional<TenantRules> present = rules.covering(ask.caller());
        Optional<TokenPrices> price = ask.target().shared() ? prices.find(ask.target().sku(), ask.ts(), ask.bound().outputTokens() > 0) : Optional.of(TokenPrices.FREE);
        Optional<Words> known = Words.known(words, ask);
        if (present.isEmpty() || price.isEmpty() || known.isEmpty() || !days.areKnownToCover(ask.ts())) {
            return Optional.empty();
        }
        return Optional.of(Terms.of(ask, present.get(), price.get(), known.get()));
    }

    /** Whether there is a place for the call to be written down. */
    boolean hasDay(Ask ask) {
        return days.cover(ask.ts());
    }

    /** Empty: it has none. */
    Optional<TokenPrices> price(Ask ask) {
        Ask.Target target = ask.target();
        if (!target.shared()) {
            return Optional.of(TokenPrices.FREE);
        }
        boolean produces = ask.bound().outputTokens() > 0;
        return prices.find(target.sku(), ask.ts(), produces)
                .or(() -> transactions.inTenant(Job.SETTLE, ACTOR, ask.caller().tenant(), () -> prices.read(target.sku(), ask.ts(), produces)));
    }

    Terms terms(Ask ask, TenantRules present, TokenPrices price) {
        return Terms.of(ask, present, price, Words.of(words, ask));
    }
}

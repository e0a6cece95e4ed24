package dev.penstock.quota.admission;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.quota.allotment.AllotmentSettings;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.rating.PresentPrices;
import org.springframework.stereotype.Component;

/**
 * Notices that limits or prices have changed, by notification and by the poll, and reads them: one question for all tenants, so that how many there
 * are does not make a change later.
 */
@Component
class RuleChanges implements BackgroundWork {

    private static final Actor ACTOR = Actor.system("admission");

    private final RuleCopies rules;
    private final Allotments allotments;
    private final PresentPrices prices;
    private final JobTransactions transactions;
    private final Rhythm rhythm;

    RuleChanges(RuleCopies rules, Allotments allotments, PresentPrices prices, JobTransactions transactions, AllotmentSettings settings, LiveFeed feed) {
        this.rules = rules;
        this.allotments = allotments;
        this.prices = prices;
        this.transactions = transactions;
        this.rhythm = Rhythm.of("rule-changes", settings.readEvery(), this::turn);
        feed.onChange(rhythm::wake);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Before calls come. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Nobody asks for them while nothing is admitted from memory. */
    void turn() {
        if (allotments.all().isEmpty()) {
            return;
        }
        transactions.acrossTenants(Job.SNAPSHOT, ACTOR, () -> {
            prices.refresh();
            return true;
        });
        for (TenantId tenant : rules.moved()) {
            rules.read(tenant);
        }
    }
}

package dev.penstock.quota.reconciliation;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.rating.PriceBooks;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Books what was found of attempts: platform loss, with the cause of each and naming it. The row that says what was found goes with the transaction
 * that books it, so it is booked once, whoever does it and however often.
 */
@Component
class Posting {

    private static final int BATCH = 500;

    private final JobTransactions transactions;
    private final OpenEndTable openEnds;
    private final PriceBooks prices;
    private final Ledger ledger;
    private final ReconciliationMetrics metrics;

    Posting(JobTransactions transactions, OpenEndTable openEnds, PriceBooks prices, Ledger ledger, ReconciliationMetrics metrics) {
        this.transactions = transactions;
        this.openEnds = openEnds;
        this.prices = prices;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** Everything that waits. */
    void post() {
        for (TenantId tenant : transactions.acrossTenants(Job.SETTLE, Comparing.ACTOR, openEnds::tenantsToPost)) {
            while (post(tenant) == BATCH) {
                // There may be more.
            }
        }
    }

    private int post(TenantId tenant) {
        List<OpenEndTable.Found> found = transactions.inTenant(Job.SETTLE, Comparing.ACTOR, tenant, () -> {
            List<OpenEndTable.Found> taken = openEnds.takeFound(tenant, BATCH);
            ledger.book(tenant, taken.stream().map(each -> Corrections.of(each, prices.tokens(each.sku(), each.priceVersion()))).toList());
            return taken;
        });
        metrics.posted(found);
        return found.size();
    }
}

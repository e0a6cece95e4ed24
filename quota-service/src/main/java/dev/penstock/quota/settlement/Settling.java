package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.journal.Step;
import dev.penstock.quota.journal.Steps;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.reservation.TenantLock;
import dev.penstock.quota.usage.Partitions;
import dev.penstock.quota.usage.UsageRows;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Applies ends of attempts to the books: one transaction for all of one tenant that wait. Repeating it changes nothing. */
@Component
class Settling {

    private static final Actor ACTOR = Actor.system("settlement");

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final OpenAttempts open;
    private final PriceBooks prices;
    private final Partitions partitions;
    private final UsageRows usage;
    private final PeriodMoves periods;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Leeways leeways;
    private final Steps steps;
    private final SettlementMetrics metrics;
    private final Telling telling;

    Settling(
            JobTransactions transactions, TenantLock lock, OpenAttempts open, PriceBooks prices, Partitions partitions, UsageRows usage, PeriodMoves periods, Ledger ledger,
            Quarantine quarantine, Leeways leeways, Steps steps, SettlementMetrics metrics, Telling telling) {
        this.transactions = transactions;
        this.lock = lock;
        this.open = open;
        this.prices = prices;
        this.partitions = partitions;
        this.usage = usage;
        this.periods = periods;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.leeways = leeways;
        this.steps = steps;
        this.metrics = metrics;
        this.telling = telling;
    }

    /**
     * Settles those that are open; the others have been. Of several ends of one attempt the first counts.
     *
     * @param ends of one tenant
     * @return how many were open
     */
    int apply(TenantId tenant, Collection<Settlement> ends) {
        Map<Attempt, Settlement> byAttempt = new TreeMap<>();
        ends.forEach(end -> byAttempt.putIfAbsent(end.attempt(), end));
        List<Settled> settled = settled(tenant, byAttempt);
        steps.at(Step.SETTLE_DONE);
        metrics.settled(settled);
        telling.booked(tenant, settled.stream().map(each -> each.open().project()).toList());
        return settled.size();
    }

    private List<Settled> settled(TenantId tenant, Map<Attempt, Settlement> ends) {
        try {
            return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> inTransaction(tenant, ends));
        } catch (DataIntegrityViolationException e) {
            // Days are made ahead. Should one have lost its place, what its attempts used is known and must not end as a guess.
            makeDays(ends.keySet());
            return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> inTransaction(tenant, ends));
        }
    }

    private void makeDays(Set<Attempt> attempts) {
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            attempts.stream().map(attempt -> Ask.timeOf(attempt.call()).truncatedTo(ChronoUnit.DAYS)).distinct().forEach(day -> partitions.ensure(day, 1));
            return true;
        });
    }

    private List<Settled> inTransaction(TenantId tenant, Map<Attempt, Settlement> ends) {
        // 1. Limits are not set, removed or counted anew meanwhile.
        steps.at(Step.SETTLE_LOCK);
        lock.share(tenant);
        // 2. Which of them are open? They are ours from here on.
        steps.at(Step.SETTLE_FIND);
        List<Settled> found = charged(open.lock(tenant, ends.keySet()), ends);
        if (found.isEmpty()) {
            return found;
        }
        // 3. What each costs its caller.
        steps.at(Step.SETTLE_ROWS);
        addRows(tenant, found);
        // 4. What was set aside for them is free; what they used is final.
        steps.at(Step.SETTLE_GIVE_BACK);
        List<OpenAttempts.Share> shares = open.close(tenant, found.stream().map(each -> each.open().attempt()).toList());
        steps.at(Step.SETTLE_PERIODS);
        Map<Attempt, Charge> charges = new HashMap<>();
        found.forEach(each -> charges.put(each.open().attempt(), each.charge()));
        periods.apply(tenant, shares, share -> Objects.requireNonNull(charges.get(share.attempt()), "a share without a charge"));
        // 5. The books, what does not belong into them, and what their engines may have counted otherwise.
        steps.at(Step.SETTLE_LEDGER);
        ledger.book(tenant, Books.of(found));
        found.forEach(each -> quarantine(tenant, each));
        leeways.leave(tenant, found);
        steps.at(Step.SETTLE_COMMIT);
        return found;
    }

    /** At the prices that were promised. */
    private List<Settled> charged(List<Open> open, Map<Attempt, Settlement> ends) {
        record Book(String sku, int version) {}
        Map<Book, TokenPrices> books = new LinkedHashMap<>();
        return open.stream().map(each -> {
            TokenPrices price = books.computeIfAbsent(new Book(each.sku(), each.priceVersion()), book -> prices.tokens(book.sku(), book.version()));
            return Settled.of(each, Objects.requireNonNull(ends.get(each.attempt())), price);
        }).toList();
    }

    private void addRows(TenantId tenant, List<Settled> found) {
        if (usage.add(tenant, found.stream().map(Settled::row).toList()).size() != found.size()) {
            throw new IllegalStateException("an attempt of tenant " + tenant + " is open and has its usage already");
        }
    }

    private void quarantine(TenantId tenant, Settled settled) {
        String impossible = settled.charge().impossible();
        if (impossible != null && settled.settlement().counts() instanceof Counts.Read told) {
            quarantine.put(tenant, settled.open(), impossible, told);
        }
    }
}

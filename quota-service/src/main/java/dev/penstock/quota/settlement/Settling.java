package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Step;
import dev.penstock.quota.journal.Steps;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.rating.KnownPrices;
import dev.penstock.quota.reservation.TenantLock;
import dev.penstock.quota.underway.UnderWay;
import dev.penstock.quota.usage.Partitions;
import dev.penstock.quota.usage.Retention;
import dev.penstock.quota.usage.UsageRow;
import dev.penstock.quota.usage.UsageRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Applies ends of attempts to the books: one transaction for all of one tenant that wait. Repeating it changes nothing. */
@Component
class Settling {

    private static final Actor ACTOR = Actor.system("settlement");

    /** How rows are written: all of them, or those that are not there yet. Gives back those that were. */
    @FunctionalInterface
    private interface Adding {

        List<UsageRow> add(TenantId tenant, Collection<UsageRow> rows);
    }

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final OpenAttempts open;
    private final KnownPrices prices;
    private final Partitions partitions;
    private final Retention retention;
    private final LateTable late;
    private final UsageRows usage;
    private final PeriodMoves periods;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Leeways leeways;
    private final Steps steps;
    private final SettlementMetrics metrics;
    private final Telling telling;
    private final UnderWay underWay;

    Settling(
            JobTransactions transactions, TenantLock lock, OpenAttempts open, KnownPrices prices, Partitions partitions, Retention retention,
            LateTable late, UsageRows usage, PeriodMoves periods, Ledger ledger,
            Quarantine quarantine, Leeways leeways, Steps steps, SettlementMetrics metrics, Telling telling, UnderWay underWay) {
        this.transactions = transactions;
        this.lock = lock;
        this.open = open;
        this.prices = prices;
        this.partitions = partitions;
        this.retention = retention;
        this.late = late;
        this.usage = usage;
        this.periods = periods;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.leeways = leeways;
        this.steps = steps;
        this.metrics = metrics;
        this.telling = telling;
        this.underWay = underWay;
    }

    /**
     * Settles those that have not been. Of several ends of one attempt the first counts.
     *
     * @param ends of one tenant
     * @return how many had not been
     */
    int apply(TenantId tenant, Collection<Ended> ends) {
        Map<Attempt, Ended> byAttempt = new TreeMap<>();
        ends.forEach(end -> byAttempt.putIfAbsent(end.attempt(), end));
        List<Settled> settled = settled(tenant, byAttempt);
        steps.at(Step.SETTLE_DONE);
        underWay.settled(byAttempt.values());
        metrics.settled(settled);
        telling.booked(tenant, settled.stream().map(each -> each.intent().project()).toList());
        return settled.size();
    }

    private List<Settled> settled(TenantId tenant, Map<Attempt, Ended> ends) {
        try {
            return inOneTransaction(tenant, ends, usage::addNew);
        } catch (DuplicateKeyException e) {
            // Told again, or by two at a time: rare enough to find out like this, and to see then which.
        } catch (DataIntegrityViolationException e) {
            // Days are made ahead. Should one have lost its place, what its attempts used is known and must not end as a guess. One that was archived gets none again.
            makeDays(ends.keySet());
        }
        return inOneTransaction(tenant, ends, usage::add);
    }

    private List<Settled> inOneTransaction(TenantId tenant, Map<Attempt, Ended> ends, Adding adding) {
        return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> settle(tenant, ends, adding));
    }

    private void makeDays(Set<Attempt> attempts) {
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            retention.from();
            attempts.stream().map(attempt -> Ask.timeOf(attempt.call()).truncatedTo(ChronoUnit.DAYS)).distinct().forEach(day -> partitions.ensure(day, 1));
            return true;
        });
    }

    private List<Settled> settle(TenantId tenant, Map<Attempt, Ended> ends, Adding adding) {
        // 1. Limits are not set, removed or counted anew meanwhile.
        steps.at(Step.SETTLE_LOCK);
        lock.share(tenant);
        // 2. Which of those whose intents stand here are open? They are ours from here on. The others say themselves what they were promised.
        steps.at(Step.SETTLE_FIND);
        List<Settled> reserved = charged(open.lock(tenant, withoutIntent(ends)), ends);
        List<Settled> told = inTime(tenant, charged(ends.values().stream().map(Ended::intent).filter(Objects::nonNull).toList(), ends));
        if (reserved.isEmpty() && told.isEmpty()) {
            return List.of();
        }
        // 3. What each costs its caller. Who has a row already was settled, and moves nothing any more.
        steps.at(Step.SETTLE_ROWS);
        Set<Attempt> added = addRows(tenant, reserved, told, adding);
        List<Settled> taken = told.stream().filter(each -> added.contains(each.attempt())).toList();
        // 4. What was set aside for them is free; what they used is final.
        steps.at(Step.SETTLE_GIVE_BACK);
        List<OpenAttempts.Share> shares = open.close(tenant, reserved.stream().map(Settled::attempt).toList());
        steps.at(Step.SETTLE_PERIODS);
        Map<Attempt, Charge> charges = new HashMap<>();
        reserved.forEach(each -> charges.put(each.attempt(), each.charge()));
        periods.apply(tenant, shares, share -> Objects.requireNonNull(charges.get(share.attempt()), "a share without a charge"), taken);
        // 5. The books, what does not belong into them, and what their engines may have counted otherwise.
        steps.at(Step.SETTLE_LEDGER);
        List<Settled> all = Stream.concat(reserved.stream(), taken.stream()).toList();
        if (!all.isEmpty()) {
            ledger.book(tenant, Books.of(all));
            all.forEach(each -> quarantine(tenant, each));
            leeways.leave(tenant, all);
        }
        steps.at(Step.SETTLE_COMMIT);
        return all;
    }

    /** Whether one of an archived day was settled before only its archive knows. It is written down, and booked or not when that was asked. */
    private List<Settled> inTime(TenantId tenant, List<Settled> told) {
        Instant from = retention.known();
        Map<Boolean, List<Settled>> byTime = told.stream().collect(Collectors.partitioningBy(each -> each.intent().ts().isBefore(from)));
        List<Settled> afterwards = byTime.getOrDefault(true, List.of());
        late.write(tenant, afterwards);
        afterwards.forEach(each -> quarantine(tenant, each));
        return byTime.getOrDefault(false, List.of());
    }

    private static List<Attempt> withoutIntent(Map<Attempt, Ended> ends) {
        return ends.values().stream().filter(end -> end.intent() == null).map(Ended::attempt).toList();
    }

    /** At the prices that were promised. */
    private List<Settled> charged(List<Intent> intents, Map<Attempt, Ended> ends) {
        return intents.stream().map(intent -> {
            Ended end = Objects.requireNonNull(ends.get(intent.attempt()), "an intent that was not asked for");
            return Settled.of(intent, end.settlement(), prices.get(intent.sku(), intent.priceVersion()));
        }).toList();
    }

    /** In one order for everybody, those of both kinds together. */
    private Set<Attempt> addRows(TenantId tenant, List<Settled> reserved, List<Settled> told, Adding adding) {
        List<UsageRow> rows = Stream.concat(reserved.stream(), told.stream()).map(Settled::row).toList();
        Set<Attempt> added = adding.add(tenant, rows).stream().map(row -> new Attempt(tenant, row.call(), row.attempt())).collect(Collectors.toSet());
        if (!reserved.stream().allMatch(each -> added.contains(each.attempt()))) {
            throw new IllegalStateException("an attempt of tenant " + tenant + " is open and has its usage already");
        }
        return added;
    }

    private void quarantine(TenantId tenant, Settled settled) {
        String impossible = settled.charge().impossible();
        if (impossible != null && settled.settlement().counts() instanceof Counts.Read told) {
            quarantine.put(tenant, settled.intent(), impossible, told);
        }
    }
}

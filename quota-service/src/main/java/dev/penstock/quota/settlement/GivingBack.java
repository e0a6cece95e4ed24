package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.Used;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.EndsOnDisk;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.rating.KnownPrices;
import dev.penstock.quota.rating.TokenPrices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back in memory what attempts did not use of their parts, each once: as soon as its end is on disk, or if nobody here knows its prices, as soon
 * as they are read. By the arithmetic of its settlement, so that what memory holds for used is what will be booked.
 */
final class GivingBack implements EndsOnDisk {

    private static final Logger log = LoggerFactory.getLogger(GivingBack.class);
    private static final Actor ACTOR = Actor.system("settlement");

    private final KnownPrices prices;
    private final JobTransactions transactions;
    private final BiConsumer<TenantId, Collection<Used>> pots;
    // Bounded by the journal's places and one batch: while the database is away nothing is settled, so no place becomes free.
    private final Queue<Ended> unpriced = new ConcurrentLinkedQueue<>();

    /** @param pots who is told; never waits */
    GivingBack(KnownPrices prices, JobTransactions transactions, BiConsumer<TenantId, Collection<Used>> pots) {
        this.prices = prices;
        this.transactions = transactions;
        this.pots = pots;
    }

    @Override
    public void ended(List<Ended> ends) {
        Map<TenantId, List<Used>> used = new HashMap<>();
        for (Ended end : ends) {
            Intent intent = end.intent();
            if (intent == null || intent.parts().isEmpty()) {
                continue;
            }
            Optional<TokenPrices> known = prices.find(intent.sku(), intent.priceVersion());
            if (known.isEmpty()) {
                unpriced.add(end);
            } else {
                used.computeIfAbsent(end.attempt().tenant(), tenant -> new ArrayList<>()).addAll(used(intent, end, known.get()));
            }
        }
        used.forEach(pots);
    }

    /** Blocks on the database. Called by who settles, again and again: what cannot be read now waits on. */
    void giveBackUnpriced() {
        for (Ended end = unpriced.poll(); end != null; end = unpriced.poll()) {
            try {
                read(Objects.requireNonNull(end.intent()));
                ended(List.of(end));
            } catch (RuntimeException e) {
                if (Failures.goByThemselves(e)) {
                    unpriced.add(end);
                    log.warn("the prices of attempt {} cannot be read; what it did not use is not free until they are", end.attempt(), e);
                    return;
                }
                log.error("attempt {} has no prices; what it took of its parts stays taken", end.attempt(), e);
            }
        }
    }

    private void read(Intent intent) {
        if (prices.find(intent.sku(), intent.priceVersion()).isEmpty()) {
            transactions.acrossTenants(Job.SETTLE, ACTOR, () -> prices.get(intent.sku(), intent.priceVersion()));
        }
    }

    /** One that contradicts itself cannot be settled either; what it took stays taken, and nobody else's end waits for it. */
    private static List<Used> used(Intent intent, Ended end, TokenPrices known) {
        try {
            return Settled.of(intent, end.settlement(), known).used();
        } catch (RuntimeException e) {
            log.error("what attempt {} used of its parts cannot be told; they stay taken", intent.attempt(), e);
            return List.of();
        }
    }
}

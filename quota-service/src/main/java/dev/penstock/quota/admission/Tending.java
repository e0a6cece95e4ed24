package dev.penstock.quota.admission;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.allotment.AllotmentSettings;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.Rate;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** What this replica holds of limits, from the start, when what it left comes back, to the stop, when everything idle is returned. */
@Component
class Tending implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Tending.class);
    private static final Actor ACTOR = Actor.system("admission");

    /** Begins before and ends after what settles, so that what is idle at the end is idle for good. */
    private static final int PHASE = -10;

    private final Allotments allotments;
    private final RuleCopies rules;
    private final CallLimits limits;
    private final Journal journal;
    private final Rhythm rhythm;
    private boolean recovered;

    Tending(Allotments allotments, RuleCopies rules, CallLimits limits, Journal journal, AllotmentSettings settings) {
        this.allotments = allotments;
        this.rules = rules;
        this.limits = limits;
        this.journal = journal;
        this.rhythm = Rhythm.of("allotments", settings.readEvery(), this::turn);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** In either mode: what a former life held it may have drawn in another. */
    void turn() {
        if (!allotments.hasBegun() || allotments.isSuperseded()) {
            return;
        }
        if (!recovered && journal.recovered() && !journal.hasGivenUp()) {
            allotments.recover();
            recovered = true;
        }
        @Nullable RuntimeException failed = null;
        for (TenantId tenant : allotments.toRead()) {
            try {
                tend(tenant);
            } catch (CannotCreateTransactionException e) {
                throw e;
            } catch (DataAccessException | TransactionException e) {
                // One that cannot be read must not keep the others from it.
                failed = e;
            }
        }
        rules.keep(allotments.all());
        if (failed != null) {
            throw failed;
        }
    }

    private void tend(TenantId tenant) {
        if (rules.read(tenant)) {
            List<Rate> rates = rules.find(tenant).map(TenantRules::rates).orElse(List.of());
            allotments.tend(tenant, rates, pots -> count(tenant, pots));
        }
    }

    private void count(TenantId tenant, List<PotId> pots) {
        Map<LimitId, List<Period>> periods = pots.stream().collect(Collectors.groupingBy(PotId::limit, Collectors.mapping(PotId::period, Collectors.toList())));
        limits.open(ACTOR, tenant, periods);
    }

    @Override
    public void stop() {
        BackgroundWork.super.stop();
        if (allotments.hasBegun() && !allotments.isSuperseded()) {
            try {
                allotments.giveUpAll();
            } catch (DataAccessException | TransactionException e) {
                log.warn("what is held of limits could not be returned; the next start returns it: {}", e.getMessage());
            }
        }
    }
}

package dev.penstock.quota.admission;

import dev.penstock.contract.Money;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.journal.Step;
import dev.penstock.quota.journal.Steps;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.reservation.TenantLock;
import dev.penstock.quota.usage.UsageWords;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** One transaction reserves the most that an attempt can use on every level and writes its intent, or nothing. */
final class DirectAdmission implements Admission {

    private static final Logger log = LoggerFactory.getLogger(DirectAdmission.class);
    private static final Actor ACTOR = Actor.system("admission");

    /** Asking, counting a period that nobody has counted, asking again; and once more where either met another's change. */
    private static final int MOST_ROUNDS = 5;

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final CallRuleTable rules;
    private final CallPeriods periods;
    private final CallLimits limits;
    private final Intents intents;
    private final PriceBooks prices;
    private final UsageWords words;
    private final Days days;
    private final Replica replica;
    private final Journal journal;
    private final Steps steps;
    private final AdmissionMetrics metrics;

    DirectAdmission(
            JobTransactions transactions, TenantLock lock, CallRuleTable rules, CallPeriods periods, CallLimits limits, Intents intents,
            PriceBooks prices, UsageWords words, Days days, Replica replica, Journal journal, Steps steps, AdmissionMetrics metrics) {
        this.transactions = transactions;
        this.lock = lock;
        this.rules = rules;
        this.periods = periods;
        this.limits = limits;
        this.intents = intents;
        this.prices = prices;
        this.words = words;
        this.days = days;
        this.replica = replica;
        this.journal = journal;
        this.steps = steps;
        this.metrics = metrics;
    }

    /** Nothing can be said without the database. */
    @Override
    public Optional<CompletionStage<Verdict>> fromMemory(Ask ask) {
        return Optional.empty();
    }

    @Override
    public boolean holdsConnections() {
        return true;
    }

    /** Its slot is a row that nobody takes from it. */
    @Override
    public boolean mayGoOn(Ask ask) {
        return true;
    }

    @Override
    public Verdict admit(Ask ask) {
        Verdict verdict = journal.open(ask.attempt(), ask.deadline()) ? answer(ask) : new Verdict.Unavailable(Verdict.Reason.BUSY);
        metrics.told(verdict);
        return verdict;
    }

    private Verdict answer(Ask ask) {
        boolean uncertain = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            try {
                Verdict verdict = ask(ask, uncertain);
                steps.at(Step.ADMIT_ANSWER);
                return verdict;
            } catch (No no) {
                return withoutPlace(ask.attempt(), no.verdict);
            } catch (NotCounted notCounted) {
                count(ask.caller(), notCounted.claims);
            } catch (CannotCreateTransactionException e) {
                log.warn("attempt {} is not admitted: no connection to the database", ask.attempt());
                return uncertain ? withdrawn(ask.attempt()) : withoutPlace(ask.attempt(), new Verdict.Unavailable(Verdict.Reason.DATABASE));
            } catch (DataAccessException | TransactionException e) {
                log.warn("admitting attempt {}: whether it was written is not known", ask.attempt(), e);
                uncertain = true;
            }
        }
        return withdrawn(ask.attempt());
    }

    /** @param again whether an earlier try may have been written, its answer lost */
    private Verdict ask(Ask ask, boolean again) {
        // 1. Is there a place for it, this day and in the words that rows share?
        if (!days.cover(ask.ts())) {
            throw new No(new Verdict.Unavailable(Verdict.Reason.NO_PARTITION));
        }
        Ask.Caller caller = ask.caller();
        long epoch = replica.epoch();
        Words numbers = Words.of(words, ask);
        return transactions.inTenant(Job.SETTLE, ACTOR, caller.tenant(), () -> {
            // 2. Limits stay as they are until this is decided.
            steps.at(Step.ADMIT_LOCK);
            lock.share(caller.tenant());
            Optional<Intents.Known> known = again ? intents.find(ask) : Optional.empty();
            // 3. Which limits count it, and what can it cost?
            steps.at(Step.ADMIT_READ);
            CallRuleTable.Rules counting = rules.counting(caller, replica.name()).orElseThrow(() -> new No(new Verdict.Unavailable(Verdict.Reason.DATABASE)));
            if (counting.epoch() != epoch) {
                throw new No(new Verdict.Unavailable(Verdict.Reason.SUPERSEDED));
            }
            TokenPrices price = price(ask);
            BigInteger cost = price.bound(ask.bound().inputTokens(), ask.bound().outputTokens());
            List<CallClaim> claims = Weighing.claims(counting.rules(), counting.calendar(), ask, cost);
            // 4. Is there room in all of them?
            steps.at(Step.ADMIT_WEIGH);
            List<CallStanding> standings = weigh(caller, claims);
            if (known.isPresent()) {
                return repeated(ask, known.get(), standings);
            }
            Weighing.refusedBy(standings).ifPresent(standing -> {
                throw new No(standing.refused());
            });
            // 5. Set it aside and promise it.
            steps.at(Step.ADMIT_WRITE);
            if (!intents.write(ask, new Intents.Terms(price, cost, numbers), claims)) {
                log.error("a limit of tenant {} moved although its use is locked; attempt {} is not admitted", caller.tenant(), ask.attempt());
                throw new No(new Verdict.Unavailable(Verdict.Reason.DATABASE));
            }
            steps.at(Step.ADMIT_COMMIT);
            return admitted(standings, price, ask.bound(), cost);
        });
    }

    private TokenPrices price(Ask ask) {
        Ask.Target target = ask.target();
        if (!target.shared()) {
            return TokenPrices.FREE;
        }
        return prices.tokens(target.sku(), ask.ts(), ask.bound().outputTokens() > 0).orElseThrow(() -> new No(new Verdict.Unpriced(target.sku())));
    }

    private List<CallStanding> weigh(Ask.Caller caller, List<CallClaim> claims) {
        return periods.lock(caller.tenant(), claims).orElseThrow(() -> new NotCounted(claims));
    }

    /** Its own share is in what is used already, so a little more is left than is told. */
    private Verdict repeated(Ask ask, Intents.Known known, List<CallStanding> standings) {
        if (!known.open()) {
            throw new No(new Verdict.Unavailable(Verdict.Reason.DATABASE));
        }
        return admitted(standings, prices.tokens(ask.target().sku(), known.priceVersion()), ask.bound(), known.cost());
    }

    private static Verdict admitted(List<CallStanding> standings, TokenPrices price, Ask.Bound bound, BigInteger cost) {
        List<Verdict.Room> rooms = standings.stream().map(CallStanding::room).filter(Objects::nonNull).toList();
        return new Verdict.Admitted(rooms, price, bound, price.areFree() ? null : new Money(cost, price.currency()));
    }

    /** If it fails, the next round finds out what the matter is. */
    private void count(Ask.Caller caller, List<CallClaim> claims) {
        try {
            limits.open(ACTOR, caller.tenant(), claims);
        } catch (DataAccessException | TransactionException e) {
            log.warn("counting the use of limits of tenant {}", caller.tenant(), e);
        }
    }

    private Verdict withoutPlace(Attempt attempt, Verdict verdict) {
        journal.cancel(attempt);
        return verdict;
    }

    /** It may have been written. If it was, the journal sees to it that it is settled at nothing as soon as the database is back. */
    private Verdict withdrawn(Attempt attempt) {
        journal.settle(Settlement.notForwarded(attempt));
        return new Verdict.Unavailable(Verdict.Reason.DATABASE);
    }

    /** Ends the transaction without a trace. */
    private static final class No extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Verdict verdict;

        No(Verdict verdict) {
            super(null, null, false, false);
            this.verdict = verdict;
        }
    }

    private static final class NotCounted extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient List<CallClaim> claims;

        NotCounted(List<CallClaim> claims) {
            super(null, null, false, false);
            this.claims = claims;
        }
    }
}

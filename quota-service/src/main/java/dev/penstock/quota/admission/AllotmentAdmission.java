package dev.penstock.quota.admission;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.allotment.Acquiring;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.allotment.Drawing;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.rating.TokenPrices;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * From what this replica has drawn of the limits. Nearly every attempt is decided in memory; what memory lacks is read, counted and drawn by those
 * who may wait for the database. The intent is on disk before anything is forwarded.
 */
final class AllotmentAdmission implements Admission {

    private static final Logger log = LoggerFactory.getLogger(AllotmentAdmission.class);
    private static final Actor ACTOR = Actor.system("admission");

    /** Of one attempt: it finds a limit gone, reads the rules again, finds the next one gone. */
    private static final int MOST_ROUNDS = 5;

    private final Allotments allotments;
    private final RuleCopies rules;
    private final Knowing knowing;
    private final Promising promising;
    private final CallLimits limits;
    private final Replica replica;
    private final Journal journal;
    private final Clock clock;
    private final AdmissionMetrics metrics;

    AllotmentAdmission(
            Allotments allotments, RuleCopies rules, Knowing knowing, Promising promising, CallLimits limits, Replica replica, Journal journal, Clock clock,
            AdmissionMetrics metrics) {
        this.allotments = allotments;
        this.rules = rules;
        this.knowing = knowing;
        this.promising = promising;
        this.limits = limits;
        this.replica = replica;
        this.journal = journal;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Optional<CompletionStage<Verdict>> fromMemory(Ask ask) {
        return knowing.find(ask).filter(terms -> isInTime(ask) && terms.canBeWritten()).flatMap(terms -> {
            if (!journal.open(ask.attempt(), ask.deadline())) {
                return Optional.of(told(CompletableFuture.completedStage(new Verdict.Unavailable(Verdict.Reason.BUSY))));
            }
            Optional<CompletionStage<Verdict>> answer = allotments.fromMemory(ask.caller().tenant(), terms.asked()).flatMap(step -> answer(ask, terms, step));
            if (answer.isEmpty()) {
                journal.cancel(ask.attempt());
            }
            return answer.map(this::told);
        });
    }

    @Override
    public Verdict admit(Ask ask) {
        CompletionStage<Verdict> verdict = journal.open(ask.attempt(), ask.deadline())
                ? decide(ask)
                : CompletableFuture.completedStage(new Verdict.Unavailable(Verdict.Reason.BUSY));
        // Bounded by the patience of the promise.
        return told(verdict).toCompletableFuture().join();
    }

    /** Attempts wait for one another, and one of a tenant for the database. */
    @Override
    public boolean holdsConnections() {
        return false;
    }

    @Override
    public boolean mayGoOn(Ask ask) {
        return allotments.holdsSlots(ask.caller().tenant());
    }

    private CompletionStage<Verdict> decide(Ask ask) {
        try {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Optional<CompletionStage<Verdict>> answer = ask(ask, round > 0);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            log.warn("attempt {} is not admitted: the limits of its tenant changed {} times meanwhile", ask.attempt(), MOST_ROUNDS);
        } catch (DataAccessException | TransactionException e) {
            log.warn("attempt {} is not admitted: the database does not answer: {}", ask.attempt(), e.getMessage());
        }
        return no(ask, new Verdict.Unavailable(Verdict.Reason.DATABASE));
    }

    /** Empty: once more, with the rules read again. */
    private Optional<CompletionStage<Verdict>> ask(Ask ask, boolean again) {
        TenantId tenant = ask.caller().tenant();
        // 1. Is there a place for it, and does this life hold anything at all?
        if (!isInTime(ask) || !knowing.hasDay(ask)) {
            return Optional.of(no(ask, new Verdict.Unavailable(Verdict.Reason.NO_PARTITION)));
        }
        replica.epoch();
        // 2. Which limits count it, and what can it cost?
        if ((again || !allotments.admits(tenant) || rules.covering(ask.caller()).isEmpty()) && !rules.read(tenant)) {
            return Optional.of(no(ask, new Verdict.Unavailable(allotments.isSuperseded() ? Verdict.Reason.SUPERSEDED : Verdict.Reason.BUSY)));
        }
        Optional<TenantRules> present = rules.find(tenant);
        if (present.isEmpty()) {
            return Optional.of(no(ask, new Verdict.Unavailable(Verdict.Reason.DATABASE)));
        }
        Optional<TokenPrices> price = knowing.price(ask);
        if (price.isEmpty()) {
            return Optional.of(no(ask, new Verdict.Unpriced(ask.target().sku())));
        }
        Terms terms = knowing.terms(ask, present.get(), price.get());
        if (!terms.canBeWritten()) {
            log.error("attempt {} is not admitted: {} limits count it, and an intent holds {} at most", ask.attempt(), terms.claims().size(), Intent.MOST_PARTS);
            return Optional.of(no(ask, new Verdict.Unavailable(Verdict.Reason.TOO_MANY_LIMITS)));
        }
        // 3. Take it, or draw what is lacking.
        return answer(ask, terms, allotments.acquire(tenant, terms.asked(), pots -> count(tenant, pots)));
    }

    /** Empty: the rules have to be read again. */
    private Optional<CompletionStage<Verdict>> answer(Ask ask, Terms terms, Acquiring.Step step) {
        return switch (step) {
            case Acquiring.Taken taken -> Optional.of(promising.promise(ask, terms, taken.shares()));
            case Acquiring.Refused refused -> refused(terms, refused.refusals()).map(verdict -> no(ask, verdict));
            case Acquiring.Unavailable none -> Optional.of(no(ask, new Verdict.Unavailable(switch (none.reason()) {
                case DATABASE -> Verdict.Reason.DATABASE;
                case SUPERSEDED -> Verdict.Reason.SUPERSEDED;
                case BUSY -> Verdict.Reason.BUSY;
            })));
            case Acquiring.Stale stale -> Optional.empty();
            case Acquiring.Turn turn -> Optional.empty();
            case Acquiring.Ask draw -> throw unfinished();
            case Acquiring.Wait wait -> throw unfinished();
            case Acquiring.Count count -> throw unfinished();
            case Acquiring.ReadBack back -> throw unfinished();
        };
    }

    /** In the words of PostgreSQL, which alone refuses. */
    private static Optional<Verdict> refused(Terms terms, List<Drawing.Refusal> refusals) {
        return Weighing.mostTelling(refusals.stream().flatMap(refusal -> terms.claims().stream().filter(claim -> claim.pot().equals(refusal.pot()))
                .map(claim -> new CallStanding(claim.of(refusal.amount()), refusal.settled(), refusal.leased()))).toList()).map(CallStanding::refused);
    }

    /** If it fails, the next draw finds out what the matter is. */
    private void count(TenantId tenant, List<PotId> pots) {
        try {
            limits.open(ACTOR, tenant, pots.stream().collect(Collectors.groupingBy(PotId::limit, Collectors.mapping(PotId::period, Collectors.toList()))));
        } catch (DataAccessException | TransactionException e) {
            log.warn("counting the use of limits of tenant {}", tenant, e);
        }
    }

    /** Attempts of a call come for a bounded time: what is held of periods before is forgotten. */
    private boolean isInTime(Ask ask) {
        return ask.ts().isAfter(clock.instant().minus(Allotments.LATEST_ASK));
    }

    private CompletionStage<Verdict> no(Ask ask, Verdict verdict) {
        journal.cancel(ask.attempt());
        return CompletableFuture.completedStage(verdict);
    }

    private CompletionStage<Verdict> told(CompletionStage<Verdict> verdict) {
        return verdict.thenApply(answer -> {
            metrics.told(answer);
            return answer;
        });
    }

    private static IllegalStateException unfinished() {
        return new IllegalStateException("a step that is not the last");
    }
}

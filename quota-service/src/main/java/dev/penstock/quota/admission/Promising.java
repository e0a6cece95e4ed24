package dev.penstock.quota.admission;

import dev.penstock.contract.Money;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.allotment.Share;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.underway.UnderWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes down what an attempt took, and only then admits it. */
@Component
class Promising {

    private static final Logger log = LoggerFactory.getLogger(Promising.class);

    private final Journal journal;
    private final Allotments allotments;
    private final UnderWay underWay;
    private final Patience patience;

    Promising(Journal journal, Allotments allotments, UnderWay underWay, Patience patience) {
        this.journal = journal;
        this.allotments = allotments;
        this.underWay = underWay;
        this.patience = patience;
    }

    /** Completes when the intent is on disk, and never with a failure. What was taken is not given back here: whether the disk has it nobody knows then. */
    CompletionStage<Verdict> promise(Ask ask, Terms terms, List<Share> shares) {
        Verdict admitted = admitted(ask, terms);
        Intent intent = intent(ask, terms, shares);
        underWay.begins(intent);
        return patience.bounded(journal.intend(intent).<Verdict>thenApply(done -> admitted).toCompletableFuture()).exceptionally(failure -> withdrawn(ask, failure));
    }

    /** Its end says that nothing was used, wherever its intent may be. */
    private Verdict withdrawn(Ask ask, Throwable failure) {
        log.warn("attempt {} is not admitted: its intent may not be on disk: {}", ask.attempt(), failure.toString());
        journal.settle(Settlement.notForwarded(ask.attempt()));
        return new Verdict.Unavailable(Verdict.Reason.BUSY);
    }

    private static Intent intent(Ask ask, Terms terms, List<Share> shares) {
        List<Intent.Part> parts = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            parts.add(new Intent.Part(terms.claims().get(i).rule().meter(), shares.get(i)));
        }
        return new Intent(
                ask.attempt(), ask.ts(), ask.caller().project(), ask.caller().key(), terms.words().person(), ask.target().endpoint(), terms.words().upstream(), terms.words().model(),
                ask.target().sku(), ask.path().code(), terms.prices().version(), ask.target().contextTokens(), ask.bound().inputTokens(), ask.bound().outputTokens(),
                terms.cost(), ask.bound().answers(), parts);
    }

    private Verdict admitted(Ask ask, Terms terms) {
        List<Verdict.Room> rooms = terms.claims().stream().map(claim -> room(ask.caller().tenant(), claim)).filter(Objects::nonNull).toList();
        return new Verdict.Admitted(rooms, terms.prices(), ask.bound(), terms.prices().areFree() ? null : new Money(terms.cost(), terms.prices().currency()));
    }

    private Verdict.@Nullable Room room(TenantId tenant, CallClaim claim) {
        CallRule rule = claim.rule();
        return rule.cap() == null ? null : allotments.left(tenant, claim.pot())
                .map(left -> new Verdict.Room(rule.id(), rule.meter(), rule.window(), rule.level(), Objects.requireNonNull(rule.cap()), left, claim.resets())).orElse(null);
    }
}

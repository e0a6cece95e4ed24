package dev.penstock.quota.health;

import dev.penstock.contract.quota.HealthView;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.reconciliation.Reconciled;
import dev.penstock.quota.writeoff.LeftJournals;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** All of it, of one moment. */
@Component
class HealthViews {

    private final JobTransactions transactions;
    private final InvariantTable invariants;
    private final BooksTable books;
    private final ReplicaTable replicas;
    private final LeftJournals left;
    private final Reconciled reconciled;
    private final Clock clock;

    HealthViews(
            JobTransactions transactions, InvariantTable invariants, BooksTable books, ReplicaTable replicas, LeftJournals left, Reconciled reconciled,
            Clock clock) {
        this.transactions = transactions;
        this.invariants = invariants;
        this.books = books;
        this.replicas = replicas;
        this.left = left;
        this.reconciled = reconciled;
        this.clock = clock;
    }

    HealthView view(Actor reader) {
        return transactions.atOneMoment(Job.ORG, reader, () -> new HealthView(
                clock.instant(), invariants.all(), books.settlement(), replicas.all(left.byReplica()), books.setAside(), books.losses(), books.lossesToday(),
                reconciled.engines(), reconciled.comparisons()));
    }
}

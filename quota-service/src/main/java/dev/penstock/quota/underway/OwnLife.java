package dev.penstock.quota.underway;

import dev.penstock.contract.EndpointId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says again and again what this life has under way.
 *
 * <pre>
 * begins      with its epoch, before anything is admitted: from here on others wait for its word
 * tells       as of a time of the database that was read before it looked
 * ends        nothing is under way and nothing begins any more
 * otherwise   it is silent, and others go on waiting until the next life of its journal has settled what it left
 * </pre>
 */
@Component
public class OwnLife implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(OwnLife.class);
    private static final Actor ACTOR = Actor.system("under-way");

    private final UnderWay underWay;
    private final Journal journal;
    private final LifeTable table;
    private final JobTransactions transactions;
    private final UnderWaySettings settings;
    private final Rhythm rhythm;
    private volatile @Nullable Life life;
    private volatile boolean formerForgotten;
    private boolean known;

    OwnLife(UnderWay underWay, Journal journal, LifeTable table, JobTransactions transactions, UnderWaySettings settings) {
        this.underWay = underWay;
        this.journal = journal;
        this.table = table;
        this.transactions = transactions;
        this.settings = settings;
        this.rhythm = Rhythm.of("under-way", settings.tellEvery(), this::turn);
    }

    /** In the transaction that takes the epoch, so that no attempt has one of a life that nobody knows. Only where attempts begin in journals. */
    public void begins(String replica, long epoch) {
        Life begun = new Life(replica, epoch, journal.id());
        // First, so that recovery never takes it for a former one.
        life = begun;
        // One whose epoch was taken and whose COMMIT was not heard of is a former one as well.
        formerForgotten = false;
        table.enter(begun);
    }

    /** Everything in a journal that was left behind is settled, so nobody waits for its lives any more. But for one that still tells: it was a copy. */
    public void over(UUID left) {
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> table.settled(left, null, settings.patience()));
    }

    /** With what settles, and after it: the last word is said when nothing more is settled. */
    @Override
    public int getPhase() {
        return -1;
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    @Override
    public void stop() {
        BackgroundWork.super.stop();
        Life own = life;
        if (own == null) {
            return;
        }
        if (!underWay.end()) {
            log.warn("attempts of this life are not settled; engines are compared again when its journal has been read back");
            return;
        }
        try {
            transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
                table.leave(own);
                return null;
            });
        } catch (RuntimeException e) {
            log.warn("the end of this life could not be told; the next one tells it: {}", e.getMessage());
        }
    }

    synchronized void turn() {
        if (!formerForgotten && journal.recovered()) {
            forgetFormer();
        }
        Life own = life;
        if (own != null) {
            tell(own);
        }
    }

    /** Everything they left is in the ledger. */
    private void forgetFormer() {
        formerForgotten = true;
        try {
            transactions.acrossTenants(Job.SETTLE, ACTOR, () -> table.settled(journal.id(), life, Duration.ZERO));
        } catch (RuntimeException e) {
            formerForgotten = false;
            throw e;
        }
    }

    private void tell(Life own) {
        boolean told = transactions.acrossTenants(Job.SETTLE, ACTOR, () -> told(own));
        if (!told && known) {
            // It was silent for so long that it was forgotten. At once with what is under way: the bare row says that nothing is.
            told = transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
                table.enter(own);
                return told(own);
            });
        }
        known = told;
    }

    private boolean told(Life own) {
        Instant asOf = table.now();
        Map<EndpointId, Load> loads = underWay.loads();
        return table.tell(own, asOf, loads);
    }
}

package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.reservation.TenantLock;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** A replica with the real pots and the real database, for one tenant. What a draw or a return answers may be lost. */
final class KeptReplica {

    private static final Acquiring.Bounds BOUNDS = new Acquiring.Bounds(Duration.ofSeconds(10), Duration.ofMillis(10));
    private static final int REPLICAS = 8;
    private static final int MOST_TRIES = 50;

    private final TenantId tenant;
    final Pots pots = new Pots(Duration.ofSeconds(5), Duration.ofMinutes(1));
    final AllotmentKeeper keeper;
    private final Refusals refusals = new Refusals(Duration.ofMillis(100));
    private final Contact contact = new Contact(Duration.ofMinutes(5), Duration.ofMinutes(6));
    private final ReentrantLock turn = new ReentrantLock();
    private final Supplier<Boolean> losesAnswer;

    KeptReplica(RunningService service, TenantId tenant, String name, Supplier<Boolean> losesAnswer) {
        this.tenant = tenant;
        this.losesAnswer = losesAnswer;
        this.contact.heard(System.nanoTime());
        this.keeper = keeper(service, life(service, name, new UUID(9, name.hashCode())));
    }

    static AllotmentKeeper keeper(RunningService service, Life life) {
        return new AllotmentKeeper(
                life, Duration.ofSeconds(60), service.bean(JobTransactions.class), service.bean(TenantLock.class), service.bean(JdbcClient.class));
    }

    /** The next life of that name. */
    static Life life(RunningService service, String name, UUID journal) {
        String epoch = service.column("""
                insert into quota.replica as r (name, epoch) values ('%s', 1)
                on conflict (name) do update set epoch = r.epoch + 1, started_at = clock_timestamp(), contact_at = null returning epoch""".formatted(name)).getFirst();
        return new Life(name, Long.parseLong(epoch), journal);
    }

    /** As settlement does it. */
    static void settle(RunningService service, TenantId tenant, Map<PotId, BigInteger> counted, List<Used> shares) {
        service.bean(JobTransactions.class).inTenant(Job.SETTLE, Actor.system("test"), tenant, () -> {
            service.bean(TenantLock.class).share(tenant);
            SpentShares spent = service.bean(SpentShares.class);
            spent.lock(tenant, Stream.concat(counted.keySet().stream(), shares.stream().map(used -> used.share().pot())).toList());
            spent.settle(tenant, counted, shares);
            return true;
        });
    }

    /** As a gateway's desk would do it. */
    Acquiring.Step acquire(List<Claim> claims) {
        Acquiring acquiring = new Acquiring(pots, contact, refusals, BOUNDS, claims);
        Acquiring.Step step = acquiring.begin(System.nanoTime());
        if (!(step instanceof Acquiring.Turn)) {
            return step;
        }
        turn.lock();
        try {
            step = acquiring.inTurn(System.nanoTime());
            while (true) {
                switch (step) {
                    case Acquiring.Ask ask -> step = ask(acquiring, ask.draw());
                    case Acquiring.Wait wait -> {
                        LockSupport.parkNanos(wait.atMost());
                        step = acquiring.inTurn(System.nanoTime());
                    }
                    case Acquiring.ReadBack back -> {
                        Set<Long> known = pots.known();
                        step = acquiring.readBack(certainly(() -> keeper.held(tenant)).orElseThrow(), known, System.nanoTime());
                    }
                    default -> {
                        return step;
                    }
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private Acquiring.Step ask(Acquiring acquiring, Draw draw) {
        try {
            Drawing drawing = keeper.draw(tenant, draw, REPLICAS);
            return losesAnswer.get() ? acquiring.lost() : acquiring.answered(drawing, System.nanoTime());
        } catch (DataAccessException | TransactionException e) {
            return acquiring.lost();
        }
    }

    /** Says that it is there, and answers. */
    void meet() {
        Meeting meeting = certainly(keeper::meet);
        List<Recall> recalls = meeting.recalls().stream().filter(recall -> recall.tenant().equals(tenant)).toList();
        giveBack(pots.answer(recalls));
    }

    void giveBack(List<Giving> givings) {
        if (!givings.isEmpty()) {
            certainly(() -> keeper.giveBack(tenant, givings));
            if (losesAnswer.get()) {
                certainly(() -> keeper.giveBack(tenant, givings));
            }
            pots.returned(givings);
        }
    }

    /** Repeats what may be repeated. */
    private static <T> T certainly(Supplier<T> what) {
        for (int tries = 1; ; tries++) {
            try {
                return what.get();
            } catch (DataAccessException | TransactionException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }
}

package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.reservation.TenantLock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** What a replica does for one tenant, on the real database. What a draw or a return answers may be lost. */
final class KeptReplica {

    private static final AllotmentSettings SETTINGS = new AllotmentSettings(
            Duration.ofMinutes(5), Duration.ofMinutes(6), Duration.ofMinutes(8), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(30),
            Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofSeconds(60), Duration.ofMillis(100), 500, Duration.ofSeconds(60), 0,
            Duration.ofHours(4), Duration.ofSeconds(5));
    private static final int MOST_TRIES = 50;

    private final TenantId tenant;
    private final Presence presence;
    private final TenantAllotments allotments;

    KeptReplica(RunningService service, TenantId tenant, String name, Supplier<Boolean> losesAnswer) {
        this.tenant = tenant;
        this.presence = new Presence(new Forgetful(service, life(service, name, new UUID(9, name.hashCode())), losesAnswer), SETTINGS.silence());
        this.allotments = new TenantAllotments(tenant, SETTINGS, presence, new AllotmentMetrics(new SimpleMeterRegistry()), Instant.EPOCH);
        meet();
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

    Acquiring.Step acquire(List<Claim> claims) {
        return allotments.acquire(claims, uncounted -> {});
    }

    /** Says that it is there, answers, and reads what it holds: a draw whose answer was lost may have been applied. */
    void meet() {
        List<Recall> recalls = certainly(presence::meet).stream().filter(recall -> recall.tenant().equals(tenant)).toList();
        List<Giving> givings = allotments.pots().answer(recalls);
        certainly(() -> {
            allotments.giveBack(givings);
            return true;
        });
        certainly(() -> allotments.read(() -> true, read -> {}));
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

    /** Does it, and the answer is lost. */
    private static final class Forgetful extends AllotmentKeeper {

        private final Supplier<Boolean> losesAnswer;

        Forgetful(RunningService service, Life life, Supplier<Boolean> losesAnswer) {
            super(life, SETTINGS.silence(), service.bean(JobTransactions.class), service.bean(TenantLock.class), service.bean(JdbcClient.class));
            this.losesAnswer = losesAnswer;
        }

        @Override
        Drawing draw(TenantId tenant, Draw draw, int replicas) {
            return orLost(super.draw(tenant, draw, replicas));
        }

        @Override
        boolean giveBack(TenantId tenant, List<Giving> givings) {
            return orLost(super.giveBack(tenant, givings));
        }

        private <T> T orLost(T answer) {
            if (losesAnswer.get()) {
                throw new TransientDataAccessResourceException("the answer was lost");
            }
            return answer;
        }
    }
}

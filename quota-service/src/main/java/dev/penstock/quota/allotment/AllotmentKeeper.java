package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.reservation.TenantLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Allotments in PostgreSQL, as one life of a replica changes them: one transaction each, which may be repeated when its answer was lost. Blocks on
 * the database: never called on an event loop.
 *
 * <p>Everybody locks in this order: the tenant's lock (shared), the replica's row (shared), periods by limit and start, their allotments.
 */
class AllotmentKeeper {

    private static final Actor ACTOR = Actor.system("allotment");

    private final Life life;
    private final Duration silence;
    private final JobTransactions transactions;
    private final TenantLock lock;
    private final AllotmentTable table;
    private final DrawTable draws;
    private final ReturnTable returns;
    private final MeetingTable meetings;

    /** @param silence after which a replica is not waited for when something is recalled */
    AllotmentKeeper(Life life, Duration silence, JobTransactions transactions, TenantLock lock, JdbcClient jdbc) {
        this.life = life;
        this.silence = silence;
        this.transactions = transactions;
        this.lock = lock;
        this.table = new AllotmentTable(jdbc);
        this.draws = new DrawTable(jdbc);
        this.returns = new ReturnTable(jdbc);
        this.meetings = new MeetingTable(jdbc);
    }

    /** Says that this life is there, and hears what is recalled of it; not {@linkplain Meeting#latest latest}: another process goes by its name. */
    Meeting meet() {
        return transactions.acrossTenants(Job.SETTLE, ACTOR, () -> meetings.meet(life, silence));
    }

    /** @param replicas that are there, as {@link #meet} said */
    Drawing draw(TenantId tenant, Draw draw, int replicas) {
        return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> {
            lock.share(tenant);
            if (!table.isLatest(life)) {
                return new Drawing.Superseded();
            }
            List<PotId> pots = draw.lines().stream().map(Draw.Line::pot).toList();
            Set<PotId> counted = table.lock(tenant, pots);
            return counted.size() < pots.size() ? missing(tenant, pots, counted) : drawCounted(tenant, draw, replicas);
        });
    }

    /** @return false: another process goes by this replica's name, and nothing was returned */
    boolean giveBack(TenantId tenant, List<Giving> givings) {
        return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> {
            lock.share(tenant);
            boolean latest = table.isLatest(life);
            if (latest) {
                table.lock(tenant, givings.stream().map(Giving::pot).toList());
                returns.giveBack(tenant, givings);
            }
            return latest;
        });
    }

    /**
     * The rows of this life; empty if it is not the latest of its name. A draw whose answer was lost has ended before: it holds the locks until then.
     * Only this keeps the tenant's pots fresh: it tells which limits allow less than is used, and which rows are gone.
     */
    Optional<List<Holding>> held(TenantId tenant) {
        return heldWith(tenant, rows -> rows);
    }

    /** As {@link #held}, with what else is read in that transaction: while the tenant's lock is shared no limit is set and no calendar moves. */
    <T> Optional<T> heldWith(TenantId tenant, Function<List<Holding>, T> further) {
        return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> {
            lock.share(tenant);
            if (!table.isLatest(life)) {
                return Optional.empty();
            }
            table.lock(tenant, table.held(tenant, life).stream().map(Holding::pot).toList());
            return Optional.of(further.apply(table.held(tenant, life)));
        });
    }

    /** Returns what former lives of this journal hold. To be called once everything in the journal is settled, and not before. */
    void recover(TenantId tenant) {
        transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> {
            lock.share(tenant);
            if (table.isLatest(life)) {
                table.lock(tenant, returns.formerly(tenant, life));
                returns.returnFormer(tenant, life);
            }
            return true;
        });
    }

    /** Tenants of whose limits former lives of this journal hold something. */
    List<TenantId> toRecover() {
        return transactions.acrossTenants(Job.SETTLE, ACTOR, () -> meetings.tenantsOfFormerLives(life));
    }

    /**
     * Returns slots of replicas that have not been there for so long. To be called by one that has been in contact itself for as long: after the
     * database was away nobody has been there.
     *
     * @return how many limits have slots back
     */
    int takeBackSlots(TenantId tenant, Duration unseen) {
        return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> {
            lock.share(tenant);
            table.lock(tenant, returns.silentSlots(tenant, unseen));
            return returns.returnSilentSlots(tenant, unseen);
        });
    }

    private Drawing drawCounted(TenantId tenant, Draw draw, int replicas) {
        List<Holding> drawn = draws.draw(tenant, life, draw, Math.max(1, replicas));
        boolean nothingNeeded = draw.lines().stream().allMatch(line -> line.needed().signum() == 0);
        if (!drawn.isEmpty() || nothingNeeded) {
            return new Drawing.Granted(drawn);
        }
        List<Drawing.Refusal> refusals = draw.lines().stream().filter(line -> line.needed().signum() > 0)
                .flatMap(line -> draws.refusal(tenant, life, line, silence).stream()).toList();
        return new Drawing.Refused(refusals);
    }

    private Drawing missing(TenantId tenant, List<PotId> pots, Set<PotId> counted) {
        Set<LimitId> existing = table.existing(tenant, pots.stream().map(PotId::limit).toList());
        List<LimitId> gone = pots.stream().map(PotId::limit).filter(limit -> !existing.contains(limit)).toList();
        return gone.isEmpty() ? new Drawing.NotCounted(pots.stream().filter(pot -> !counted.contains(pot)).toList()) : new Drawing.Gone(gone);
    }
}

package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.reservation.TenantLock;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What this replica holds of limits. A tenant is known from its first call on, and forgotten after a long rest.
 *
 * <pre>
 * fromMemory   nearly every call: nothing is waited for
 * acquire      what memory cannot answer; on a thread that may wait for the database
 * ended        what an attempt did not use is free, once no crash can take its end back
 * read         the rows, with whatever else is read of the tenant: without it nothing is taken for longer than an allotment's life
 * tend         what is idle goes back, what will be needed is drawn
 * </pre>
 */
@Component
public final class Allotments {

    private static final Logger log = LoggerFactory.getLogger(Allotments.class);

    /** An attempt is asked for within this time of its call, or not at all; so periods that ended before are asked for by nobody. */
    public static final Duration LATEST_ASK = Duration.ofHours(2);

    private final AllotmentSettings settings;
    private final AllotmentMetrics metrics;
    private final Clock clock;
    private final JobTransactions transactions;
    private final TenantLock lock;
    private final JdbcClient jdbc;
    private final ConcurrentMap<TenantId, TenantAllotments> tenants = new ConcurrentHashMap<>();
    private volatile @Nullable Presence presence;

    Allotments(AllotmentSettings settings, AllotmentMetrics metrics, Clock clock, JobTransactions transactions, TenantLock lock, JdbcClient jdbc) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.transactions = transactions;
        this.lock = lock;
        this.jdbc = jdbc;
        metrics.watch(this);
    }

    /** Once in the life of the process, before anything else. */
    public void begin(Life life) {
        presence = new Presence(new AllotmentKeeper(life, settings.silence(), transactions, lock, jdbc), settings.silence());
    }

    /** Whether this life has begun: until then nothing is held. */
    public boolean hasBegun() {
        return presence != null;
    }

    /** Whether another process goes by this replica's name. */
    public boolean isSuperseded() {
        Presence present = presence;
        return present != null && present.isSuperseded();
    }

    /** Waits for nothing: for event loops. Empty: {@link #acquire} has to be asked. */
    public Optional<Acquiring.Step> fromMemory(TenantId tenant, List<Claim> claims) {
        TenantAllotments known = tenants.get(tenant);
        if (known == null || isSuperseded()) {
            return Optional.empty();
        }
        Optional<Acquiring.Step> step = known.fromMemory(claims);
        step.ifPresent(answer -> metrics.answered(answer, false));
        return step;
    }

    /**
     * Draws what is lacking. Blocks, with bounds. The tenant has been {@linkplain #read read}.
     *
     * @param counting has periods counted that nobody has counted yet
     */
    public Acquiring.Step acquire(TenantId tenant, List<Claim> claims, Consumer<List<PotId>> counting) {
        if (isSuperseded()) {
            return new Acquiring.Unavailable(Acquiring.Reason.SUPERSEDED);
        }
        Acquiring.Step step = known(tenant).acquire(claims, counting);
        metrics.answered(step, true);
        return step;
    }

    /** The ends are on disk: what was not used can be taken by others. No I/O. What is unknown here is ignored. */
    public void ended(TenantId tenant, Collection<Used> used) {
        TenantAllotments known = tenants.get(tenant);
        if (known != null) {
            known.pots().end(used);
        }
    }

    /** Nothing became of the attempt, and for certain no intent of it is on disk, nor will be. */
    public void cancelled(TenantId tenant, Collection<Share> shares) {
        TenantAllotments known = tenants.get(tenant);
        if (known != null) {
            known.pots().cancel(shares);
        }
    }

    /** What is left of a limit for callers of this replica; empty: it refuses nothing, or is not known here. */
    public Optional<BigInteger> left(TenantId tenant, PotId pot) {
        return Optional.ofNullable(tenants.get(tenant)).flatMap(known -> known.pots().left(pot));
    }

    /** Whether the tenant's rows have been read lately enough for anything to be taken. */
    public boolean admits(TenantId tenant) {
        TenantAllotments known = tenants.get(tenant);
        return known != null && known.contact().admits(System.nanoTime());
    }

    /** Whether calls that hold slots of the tenant's limits may go on. If not, they are ended before others take the slots back. */
    public boolean holdsSlots(TenantId tenant) {
        TenantAllotments known = tenants.get(tenant);
        return known == null || known.contact().holdsSlots(System.nanoTime());
    }

    /**
     * Reads the tenant's rows, and what the caller reads with them: one reading, in one transaction, while no limit is set and no calendar moves.
     *
     * @param keep told of what was read beside them before anything is taken on its word
     * @return false: another process goes by this replica's name, or too many wait for their turn
     */
    public <T> boolean read(TenantId tenant, Supplier<T> beside, Consumer<T> keep) {
        return known(tenant).read(beside, keep);
    }

    /** Tenants whose rows are to be read now: those with calls at every turn, the others from time to time. */
    public List<TenantId> toRead() {
        long now = System.nanoTime();
        long resting = settings.readResting().toNanos();
        return tenants.entrySet().stream()
                .filter(entry -> entry.getValue().rested(now) < resting || entry.getValue().contact().age(now) > resting)
                .map(Map.Entry::getKey).toList();
    }

    /** All that are known. */
    public Collection<TenantId> all() {
        return List.copyOf(tenants.keySet());
    }

    /**
     * What is idle is returned, what will be needed soon is drawn, what is over is forgotten.
     *
     * @param rates the tenant's limits of a minute or an hour, of which parts are drawn before those begin
     * @param counting has periods counted that nobody has counted yet
     */
    public void tend(TenantId tenant, List<Rate> rates, Consumer<List<PotId>> counting) {
        TenantAllotments known = known(tenant);
        known.tend(rates, clock.instant(), counting);
        if (known.rested(System.nanoTime()) > settings.tenantRest().toNanos() && known.pots().retire()) {
            tenants.remove(tenant, known);
        }
    }

    /** Says that this replica is there, and returns what others are short of. Nothing to say while nothing is held. */
    void meet() {
        Presence present = presence;
        if (present == null || tenants.isEmpty() || present.isSuperseded()) {
            return;
        }
        present.meet().stream().collect(Collectors.groupingBy(Recall::tenant)).forEach((tenant, recalls) -> {
            TenantAllotments known = tenants.get(tenant);
            if (known != null) {
                known.giveBack(known.pots().answer(recalls));
                metrics.answeredRecalls(recalls.size());
            }
        });
    }

    /** Returns what former lives of this journal left. To be called once everything in the journal is settled, and not before. */
    public void recover() {
        AllotmentKeeper keeper = present().keeper();
        List<TenantId> left = keeper.toRecover();
        left.forEach(keeper::recover);
        if (!left.isEmpty()) {
            log.info("what former lives held of limits of {} tenants is returned", left.size());
        }
    }

    /** The program stops: everything that is idle is returned, so that a restart keeps nothing away from others. */
    public void giveUpAll() {
        long end = System.nanoTime() + settings.stopTime().toNanos();
        for (TenantAllotments tenant : tenants.values()) {
            if (System.nanoTime() - end > 0) {
                log.warn("not all that is held of limits could be returned in {}; the next start returns it", settings.stopTime());
                return;
            }
            tenant.giveBack(tenant.pots().giveUpAll());
        }
    }

    int tenants() {
        return tenants.size();
    }

    int waiting() {
        return tenants.values().stream().mapToInt(tenant -> tenant.turn().waiting()).sum();
    }

    Duration oldestContact() {
        long now = System.nanoTime();
        long resting = settings.readResting().toNanos();
        return Duration.ofNanos(tenants.values().stream().filter(tenant -> tenant.rested(now) < resting).mapToLong(tenant -> tenant.contact().age(now))
                .filter(age -> age < Long.MAX_VALUE).max().orElse(0));
    }

    private TenantAllotments known(TenantId tenant) {
        Presence present = present();
        return tenants.computeIfAbsent(tenant, id -> new TenantAllotments(id, settings, present, metrics, latestOver()));
    }

    private Instant latestOver() {
        return clock.instant().minus(LATEST_ASK);
    }

    private Presence present() {
        return Objects.requireNonNull(presence, "this life has not begun");
    }
}

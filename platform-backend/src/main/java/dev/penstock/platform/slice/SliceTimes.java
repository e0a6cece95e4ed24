package dev.penstock.platform.slice;

import dev.penstock.contract.GpuTime;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts how long slices were ready, and remembers what of it quota-service has confirmed. */
@Component
public class SliceTimes {

    private static final Actor RECONCILER = Actor.system("slice-reconciler");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    SliceTimes(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * The pod was seen ready.
     *
     * @param since by its own condition
     * @param seenAt a time before it was looked at
     * @throws ClaimLost if somebody else holds the slice meanwhile
     */
    public Claim ready(Claim claim, Instant since, Instant seenAt) {
        Instant end = claim.slice().leaseEndsAt();
        return fold(claim, PhaseTime.begin(claim.slice().phase(), since), time -> time.ready(since, seenAt, end));
    }

    /**
     * The pod was seen not ready, or not seen at all.
     *
     * @param since by its own condition; null: unknown
     * @throws ClaimLost as {@link #ready}
     */
    public Claim notReady(Claim claim, @Nullable Instant since) {
        Instant end = claim.slice().leaseEndsAt();
        return fold(claim, null, time -> time.notReady(since, end));
    }

    /** The slice is being ended: what is open ends at {@code now}. */
    public Claim close(Claim claim, Instant now) {
        return notReady(claim, now);
    }

    /** Phases with seconds that quota-service has not confirmed, oldest first. */
    public List<PhaseTime> unbooked(SliceKey key) {
        return transactions.inTenant(Job.RECONCILE, RECONCILER, key.tenant(), () -> select(key, "order by phase").stream()
                .filter(PhaseTime::unbooked)
                .toList());
    }

    /** quota-service has confirmed that many seconds of the phase. */
    public void booked(SliceKey key, PhaseTime time) {
        transactions.inTenant(Job.RECONCILE, RECONCILER, key.tenant(), () -> jdbc.sql("""
                        update platform.slice_phase set booked = greatest(booked, :seconds)
                         where tenant_id = :tenant and slice_id = :slice and phase = :phase""")
                .param("seconds", time.seconds())
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .param("phase", time.phase())
                .update());
    }

    private Claim fold(Claim claim, @Nullable PhaseTime first, UnaryOperator<PhaseTime> observation) {
        SliceKey key = claim.key();
        return transactions.inTenant(Job.RECONCILE, RECONCILER, key.tenant(), () -> {
            lock(claim);
            Optional<PhaseTime> before = select(key, "and phase = " + claim.slice().phase()).stream().findFirst();
            PhaseTime start = before.orElse(first);
            if (start == null) {
                return claim;
            }
            PhaseTime after = observation.apply(start);
            if (before.isEmpty() || !after.equals(before.get())) {
                write(key, after);
            }
            return claim.with(claim.slice().used(total(claim)));
        });
    }

    private void lock(Claim claim) {
        boolean held = jdbc.sql("select 1 from platform.slice where tenant_id = :tenant and id = :id and fence = :fence for update")
                .param("tenant", claim.key().tenant().value())
                .param("id", claim.key().slice().value())
                .param("fence", claim.fence())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!held) {
            throw new ClaimLost("slice " + claim.key() + " was claimed by somebody else");
        }
    }

    private void write(SliceKey key, PhaseTime time) {
        jdbc.sql("""
                        insert into platform.slice_phase (tenant_id, slice_id, phase, started_at, ready_since, seen_ready_at, seconds)
                        values (:tenant, :slice, :phase, :started, :since, :seen, :seconds)
                        on conflict (tenant_id, slice_id, phase) do update
                            set ready_since = excluded.ready_since, seen_ready_at = excluded.seen_ready_at, seconds = excluded.seconds""")
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .param("phase", time.phase())
                .param("started", SliceStore.at(time.startedAt()))
                .param("since", SliceStore.at(time.readySince()))
                .param("seen", SliceStore.at(time.seenReadyAt()))
                .param("seconds", time.closed())
                .update();
    }

    /** Sums the phases into the slice's own row, for lists. */
    private GpuTime total(Claim claim) {
        SliceKey key = claim.key();
        long seconds = select(key, "").stream().mapToLong(PhaseTime::seconds).sum();
        GpuTime total = new GpuTime(Math.multiplyExact(seconds, (long) claim.slice().approved().parts()));
        jdbc.sql("update platform.slice set part_seconds = :total where tenant_id = :tenant and id = :id and part_seconds <> :total")
                .param("total", total.partSeconds())
                .param("tenant", key.tenant().value())
                .param("id", key.slice().value())
                .update();
        return total;
    }

    private List<PhaseTime> select(SliceKey key, String more) {
        return jdbc.sql("""
                        select phase, started_at, ready_since, seen_ready_at, seconds, booked from platform.slice_phase
                         where tenant_id = :tenant and slice_id = :slice\s""" + more)
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .query(SliceTimes::time)
                .list();
    }

    private static PhaseTime time(ResultSet row, int number) throws SQLException {
        return new PhaseTime(
                row.getInt("phase"),
                Objects.requireNonNull(SliceRow.time(row, "started_at")),
                SliceRow.time(row, "ready_since"),
                Objects.requireNonNull(SliceRow.time(row, "seen_ready_at")),
                row.getLong("seconds"),
                row.getLong("booked"));
    }
}

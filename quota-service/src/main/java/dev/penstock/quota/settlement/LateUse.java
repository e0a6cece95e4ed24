package dev.penstock.quota.settlement;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.SettledUse;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.SpentShares;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.rating.KnownPrices;
import dev.penstock.quota.reservation.TenantLock;
import dev.penstock.quota.usage.UsageRow;
import dev.penstock.quota.usage.UsageRows;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Ends that were told when the day of their attempt was archived. One that stands in the archive was settled before and moves nothing. Any other is
 * booked in the present, once: a closed month stays what it was. Its row names a call of its own, whose id is of the moment at which it was booked, so that what holds
 * of every row holds of it; the entry in the ledger names the call that it was.
 */
@Component
public class LateUse {

    private static final Actor ACTOR = Actor.system("settlement");

    private record Booked(LateTable.Late late, UsageRow row) {}

    /** How the trail keeps it. */
    private record Correction(int attempt, CallId bookedAs, long input, long output, String cost) {}

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final LateTable table;
    private final KnownPrices prices;
    private final UsageRows usage;
    private final SettledUse use;
    private final SpentShares periods;
    private final Ledger ledger;
    private final AuditLog audit;
    private final Clock clock;

    LateUse(
            JobTransactions transactions, TenantLock lock, LateTable table, KnownPrices prices, UsageRows usage, SettledUse use, SpentShares periods,
            Ledger ledger, AuditLog audit, Clock clock) {
        this.transactions = transactions;
        this.lock = lock;
        this.table = table;
        this.prices = prices;
        this.usage = usage;
        this.use = use;
        this.periods = periods;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    /** Of all tenants, the oldest first. */
    public List<Attempt> waiting(int most) {
        return transactions.acrossTenants(Job.SETTLE, ACTOR, () -> table.waiting(most));
    }

    /**
     * In one transaction; repeating it changes nothing.
     *
     * @param attempts of one tenant
     * @param archived those of them that stand in their archives
     * @return how many were booked
     */
    public int decide(TenantId tenant, List<Attempt> attempts, Set<Attempt> archived) {
        return transactions.inTenant(Job.SETTLE, ACTOR, tenant, () -> {
            lock.share(tenant);
            List<Booked> booked = new ArrayList<>();
            for (LateTable.Late late : table.lock(tenant, attempts)) {
                if (archived.contains(late.attempt())) {
                    table.decide(late.attempt(), null, clock.instant());
                } else {
                    CallId call = table.newCall();
                    booked.add(new Booked(late, present(late.row(), call, Ask.timeOf(call))));
                }
            }
            book(tenant, booked);
            return booked.size();
        });
    }

    private void book(TenantId tenant, List<Booked> booked) {
        List<UsageRow> rows = booked.stream().map(Booked::row).toList();
        usage.add(tenant, rows);
        Map<PotId, BigInteger> counted = use.of(tenant, rows);
        periods.lock(tenant, counted.keySet());
        // What was taken of allotments then is returned by whoever returns what that life held.
        periods.settle(tenant, counted, List.of());
        ledger.book(tenant, booked.stream().flatMap(each -> Books.of(each.late(), each.row(), prices.get(each.late().sku(), each.row().priceVersion())).stream()).toList());
        for (Booked each : booked) {
            table.decide(each.late().attempt(), each.row().call(), clock.instant());
            record(each.late().attempt(), each.row());
        }
    }

    private void record(Attempt attempt, UsageRow row) {
        audit.append(new AuditEvent(
                "usage.correct", "call", attempt.call().toString(), null, row.project(), "Told after its day was archived.", null,
                new Correction(attempt.number(), row.call(), row.tokens().in(), row.tokens().output(), row.cost().toString())));
    }

    private static UsageRow present(UsageRow row, CallId call, Instant at) {
        return new UsageRow(
                call, row.attempt(), at, row.project(), row.key(), row.person(), row.endpoint(), row.upstream(), row.model(), row.path(), row.priceVersion(),
                row.status(), row.estimated(), row.tokens(), row.reasoning(), row.cost(), row.durationMs(), row.firstTokenMs());
    }
}

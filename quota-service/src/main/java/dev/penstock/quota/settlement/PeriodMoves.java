package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.admission.SettledUse;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.SpentShares;
import dev.penstock.quota.allotment.Used;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What settled attempts do to the use of limits: what they used becomes final, and what was set aside for them is free or back with who holds it. */
@Component
class PeriodMoves {

    private record Move(BigInteger settled, BigInteger released) {

        Move plus(Move other) {
            return new Move(settled.add(other.settled), released.add(other.released));
        }
    }

    private final JdbcClient jdbc;
    private final SettledUse use;
    private final SpentShares spent;

    PeriodMoves(JdbcClient jdbc, SettledUse use, SpentShares spent) {
        this.jdbc = jdbc;
        this.use = use;
        this.spent = spent;
    }

    /**
     * Always succeeds. All rows are locked before any of them moves, in the order in which admission locks them: those of both kinds together.
     *
     * @param shares that were set aside in the database
     * @param charges of every attempt that has such a share
     * @param taken attempts whose intents say what they took of allotments
     */
    void apply(TenantId tenant, List<OpenAttempts.Share> shares, Function<OpenAttempts.Share, Charge> charges, List<Settled> taken) {
        Map<PotId, Move> moves = new TreeMap<>();
        for (OpenAttempts.Share share : shares) {
            BigInteger used = charges.apply(share).used(share.meter(), share.amount());
            moves.merge(share.pot(), new Move(used, share.amount()), Move::plus);
        }
        Map<PotId, BigInteger> counted = use.of(tenant, taken.stream().map(Settled::row).toList());
        List<Used> used = taken.stream().flatMap(each -> each.used().stream()).toList();
        spent.lock(tenant, all(moves, counted, used));
        if (!moves.isEmpty()) {
            move(tenant, moves);
        }
        spent.settle(tenant, counted, used);
    }

    private static Set<PotId> all(Map<PotId, Move> moves, Map<PotId, BigInteger> counted, List<Used> used) {
        Set<PotId> all = new TreeSet<>(moves.keySet());
        all.addAll(counted.keySet());
        used.forEach(each -> all.add(each.share().pot()));
        return all;
    }

    private void move(TenantId tenant, Map<PotId, Move> moves) {
        jdbc.sql("""
                        update quota.limit_period p set settled = p.settled + m.settled, leased = p.leased - m.released
                          from unnest(:limits::uuid[], :starts::timestamptz[], :settled::numeric[], :released::numeric[]) as m(limit_id, start, settled, released)
                         where p.tenant_id = :tenant and p.limit_id = m.limit_id and p.period_start = m.start""")
                .param("tenant", tenant.value())
                .param("limits", array(moves, entry -> entry.getKey().limit()))
                .param("starts", array(moves, entry -> Timestamps.text(entry.getKey().period().start())))
                .param("settled", array(moves, entry -> entry.getValue().settled()))
                .param("released", array(moves, entry -> entry.getValue().released()))
                .update();
    }

    private static String[] array(Map<PotId, Move> moves, Function<Map.Entry<PotId, Move>, Object> column) {
        return moves.entrySet().stream().map(entry -> column.apply(entry).toString()).toArray(String[]::new);
    }
}

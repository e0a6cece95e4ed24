package dev.penstock.quota.settlement;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What settled attempts do to the use of limits: what they used becomes final, all that was set aside for them is free. */
@Component
class PeriodMoves {

    private record Key(LimitId limit, Instant start) {}

    private record Move(BigInteger settled, BigInteger released) {

        Move plus(Move other) {
            return new Move(settled.add(other.settled), released.add(other.released));
        }
    }

    private final JdbcClient jdbc;

    PeriodMoves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Always succeeds. Rows are locked in the order in which admission locks them, before any of them moves.
     *
     * @param charges of every attempt that has a share
     */
    void apply(TenantId tenant, List<OpenAttempts.Share> shares, Function<OpenAttempts.Share, Charge> charges) {
        Map<Key, Move> moves = new TreeMap<>(Comparator.<Key, String>comparing(key -> key.limit().toString()).thenComparing(Key::start));
        for (OpenAttempts.Share share : shares) {
            moves.merge(new Key(share.limit(), share.periodStart()), new Move(used(share, charges.apply(share)), share.amount()), Move::plus);
        }
        if (!moves.isEmpty()) {
            lock(tenant, moves);
            move(tenant, moves);
        }
    }

    /** In the unit of the limit, and never more than was set aside. */
    private static BigInteger used(OpenAttempts.Share share, Charge charge) {
        Tokens paid = charge.paid();
        BigInteger used = switch (share.meter()) {
            case TOKENS_INPUT -> BigInteger.valueOf(paid.in());
            case TOKENS_OUTPUT -> BigInteger.valueOf(paid.output());
            case TOKENS -> BigInteger.valueOf(paid.all());
            case MONEY -> charge.cost();
            case CONCURRENCY -> BigInteger.ZERO;
            case REQUESTS, SLICES, GPU_TIME -> throw new IllegalStateException("a call has no share of " + share.meter());
        };
        if (used.compareTo(share.amount()) > 0) {
            throw new IllegalStateException("attempt " + share.attempt() + " used " + used + " of " + share.amount() + " " + share.meter());
        }
        return used;
    }

    private void lock(TenantId tenant, Map<Key, Move> moves) {
        jdbc.sql("""
                        select 1 from quota.limit_period
                         where tenant_id = :tenant and (limit_id, period_start) in (select * from unnest(:limits::uuid[], :starts::timestamptz[]))
                         order by limit_id, period_start
                           for update""")
                .param("tenant", tenant.value())
                .param("limits", array(moves, key -> key.limit().toString()))
                .param("starts", array(moves, key -> Timestamps.text(key.start())))
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    private void move(TenantId tenant, Map<Key, Move> moves) {
        jdbc.sql("""
                        update quota.limit_period p set settled = p.settled + m.settled, leased = p.leased - m.released
                          from unnest(:limits::uuid[], :starts::timestamptz[], :settled::numeric[], :released::numeric[]) as m(limit_id, start, settled, released)
                         where p.tenant_id = :tenant and p.limit_id = m.limit_id and p.period_start = m.start""")
                .param("tenant", tenant.value())
                .param("limits", array(moves, key -> key.limit().toString()))
                .param("starts", array(moves, key -> Timestamps.text(key.start())))
                .param("settled", moves.values().stream().map(move -> move.settled().toString()).toArray(String[]::new))
                .param("released", moves.values().stream().map(move -> move.released().toString()).toArray(String[]::new))
                .update();
    }

    private static String[] array(Map<Key, Move> moves, Function<Key, String> column) {
        return moves.keySet().stream().map(column).toArray(String[]::new);
    }
}

package dev.penstock.quota.underway;

import dev.penstock.contract.EndpointId;
import dev.penstock.frame.jobs.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lives and what they have said. In the running transaction. */
@Component
class LifeTable {

    private final JdbcClient jdbc;

    LifeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By the clock of the database, which is the only one that all go by. */
    Instant now() {
        return jdbc.sql("select clock_timestamp() as now").query((row, number) -> Timestamps.read(row, "now")).single();
    }

    void enter(Life life) {
        jdbc.sql("insert into quota.life (replica, epoch, journal) values (:replica, :epoch, :journal) on conflict do nothing")
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .param("journal", life.journal())
                .update();
    }

    /**
     * With one statement, which writes what has moved.
     *
     * @param asOf read before {@code loads} were
     * @return false if the life is not known, or has said something newer
     */
    boolean tell(Life life, Instant asOf, Map<EndpointId, Load> loads) {
        List<Map.Entry<EndpointId, Load>> each = List.copyOf(loads.entrySet());
        return jdbc.sql("""
                        with told as (
                            update quota.life set as_of = :asOf where replica = :replica and epoch = :epoch and as_of <= :asOf returning replica, epoch),
                        load as (
                            select * from unnest(:endpoints::uuid[], :attempts::int[], :input::bigint[], :output::bigint[], :oldest::timestamptz[])
                                          as l(endpoint_id, attempts, input, output, oldest)),
                        over as (
                            delete from quota.under_way u using told
                             where u.replica = told.replica and u.epoch = told.epoch and u.endpoint_id not in (select endpoint_id from load)),
                        moved as (
                            insert into quota.under_way as u (replica, epoch, endpoint_id, attempts, input, output, oldest)
                            select told.replica, told.epoch, load.* from told, load
                            on conflict (replica, epoch, endpoint_id) do update
                            set attempts = excluded.attempts, input = excluded.input, output = excluded.output, oldest = excluded.oldest
                            where (u.attempts, u.input, u.output, u.oldest) is distinct from (excluded.attempts, excluded.input, excluded.output, excluded.oldest))
                        select exists (select from told)""")
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .param("asOf", Timestamps.column(asOf))
                .param("endpoints", column(each, Map.Entry::getKey))
                .param("attempts", column(each, load -> load.getValue().attempts()))
                .param("input", column(each, load -> load.getValue().input()))
                .param("output", column(each, load -> load.getValue().output()))
                .param("oldest", column(each, load -> load.getValue().oldest()))
                .query(Boolean.class)
                .single();
    }

    /** Nothing of it is under way, and nothing begins in it any more. */
    void leave(Life life) {
        jdbc.sql("delete from quota.life where replica = :replica and epoch = :epoch").param("replica", life.replica()).param("epoch", life.epoch()).update();
    }

    /**
     * All that are in that journal are settled, so its lives are over, but for the one that has it now.
     *
     * @param silent for so long at least
     */
    int settled(UUID journal, @Nullable Life own, Duration silent) {
        return jdbc.sql("""
                        delete from quota.life
                         where journal = :journal and (replica, epoch) is distinct from (:replica::text, :epoch::bigint)
                           and as_of <= clock_timestamp() - :millis * interval '1 millisecond'""")
                .param("millis", silent.toMillis())
                .param("journal", journal)
                .param("replica", own == null ? null : own.replica())
                .param("epoch", own == null ? null : own.epoch())
                .update();
    }

    /** Whether somebody has said nothing since whose word is still to be waited for. */
    boolean anyUntold(Instant moment, Duration longest) {
        return jdbc.sql("select exists (select from quota.life where as_of < :moment and as_of >= :moment - :millis * interval '1 millisecond')")
                .param("moment", Timestamps.column(moment))
                .param("millis", longest.toMillis())
                .query(Boolean.class)
                .single();
    }

    /**
     * What all have said of an endpoint.
     *
     * @param lostAfter a life that has been silent for so long before the moment is not counted
     */
    AtEndpoint at(EndpointId endpoint, Instant moment, Duration lostAfter) {
        return jdbc.sql("""
                        select count(*) filter (where l.as_of < :moment) = 0 as told, coalesce(sum(u.attempts), 0)::bigint as attempts,
                               coalesce(sum(u.input), 0)::bigint as input, coalesce(sum(u.output), 0)::bigint as output
                          from quota.life l
                          left join quota.under_way u on u.replica = l.replica and u.epoch = l.epoch and u.endpoint_id = :endpoint
                         where l.as_of >= :moment - :millis * interval '1 millisecond'""")
                .param("endpoint", endpoint.value())
                .param("moment", Timestamps.column(moment))
                .param("millis", lostAfter.toMillis())
                .query((row, number) -> new AtEndpoint(row.getBoolean("told"), row.getLong("attempts"), row.getLong("input"), row.getLong("output")))
                .single();
    }

    int forget(Duration age) {
        return jdbc.sql("delete from quota.life where as_of < clock_timestamp() - :millis * interval '1 millisecond'").param("millis", age.toMillis()).update();
    }

    private static String[] column(List<Map.Entry<EndpointId, Load>> loads, Function<Map.Entry<EndpointId, Load>, Object> value) {
        return loads.stream().map(load -> value.apply(load).toString()).toArray(String[]::new);
    }
}

package dev.penstock.quota.settlement;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Intent;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The attempts that are admitted and not settled, and their shares of limits: those whose intents stand in the database. */
@Component
class OpenAttempts {

    /** @param amount set aside */
    record Share(Attempt attempt, PotId pot, Meter meter, BigInteger amount) {}

    private final JdbcClient jdbc;

    OpenAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those of the given that are open, locked until the transaction ends, in one order for everybody. Who waited here for another that settles the
     * same finds it gone.
     */
    List<Intent> lock(TenantId tenant, Collection<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select r.id, r.attempt, i.ts, i.project_id, i.key_id, i.person, i.endpoint_id, i.upstream, i.model, m.sku, i.path, i.price_version,
                               i.context, i.input, i.output, i.cost, i.answers
                          from quota.reservation r
                          join quota.intent i on i.tenant_id = r.tenant_id and i.call_id = r.id and i.attempt = r.attempt and i.ts = r.ts
                          join quota.usage_model m on m.tenant_id = i.tenant_id and m.id = i.model
                         where r.tenant_id = :tenant and r.kind = 'call'
                           and (r.id, r.attempt) in (select * from unnest(:calls::uuid[], :attempts::int[]))
                         order by r.id, r.attempt
                           for update of r""")
                .param("tenant", tenant.value())
                .param("calls", calls(attempts))
                .param("attempts", numbers(attempts))
                .query((row, number) -> open(tenant, row))
                .list();
    }

    /** Takes their shares back and forgets their reservations. Nobody else does: they are locked. */
    List<Share> close(TenantId tenant, Collection<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return List.of();
        }
        List<Share> shares = jdbc.sql("""
                        delete from quota.allotment a
                         using quota.limit_rule l, quota.limit_period p
                         where a.tenant_id = :tenant and l.tenant_id = a.tenant_id and l.id = a.limit_id
                           and p.tenant_id = a.tenant_id and p.limit_id = a.limit_id and p.period_start = a.period_start
                           and (a.reservation_id, a.attempt) in (select * from unnest(:calls::uuid[], :attempts::int[]))
                        returning a.reservation_id, a.attempt, a.limit_id, a.period_start, p.period_end, l.meter, a.amount""")
                .param("tenant", tenant.value())
                .param("calls", calls(attempts))
                .param("attempts", numbers(attempts))
                .query((row, number) -> new Share(
                        new Attempt(tenant, new CallId(uuid(row, "reservation_id")), row.getInt("attempt")),
                        new PotId(new LimitId(uuid(row, "limit_id")), new Period(Timestamps.read(row, "period_start"), Timestamps.read(row, "period_end"))),
                        Meter.valueOf(text(row, "meter")), row.getBigDecimal("amount").toBigIntegerExact()))
                .list();
        jdbc.sql("""
                        delete from quota.reservation
                         where tenant_id = :tenant and kind = 'call' and (id, attempt) in (select * from unnest(:calls::uuid[], :attempts::int[]))""")
                .param("tenant", tenant.value())
                .param("calls", calls(attempts))
                .param("attempts", numbers(attempts))
                .update();
        return shares;
    }

    /**
     * Attempts that nobody will settle, of all tenants, the oldest first: left by an earlier life of the replica, or long past their deadline.
     *
     * @param before deadlines before this are over for certain, and replicas not seen since are gone
     * @param others whether other replicas are judged
     * @param after goes on behind this one; null: from the beginning
     */
    List<Attempt> leftBehind(String replica, long epoch, Instant before, boolean others, @Nullable Attempt after, int most) {
        return jdbc.sql("""
                        select tenant_id, id, attempt from (
                            select r.tenant_id, r.id, r.attempt from quota.reservation r
                             where r.kind = 'call' and r.replica = :replica and (r.epoch < :epoch or r.deadline < :before)
                            union all
                            select r.tenant_id, r.id, r.attempt from quota.reservation r
                             where r.kind = 'call' and r.replica <> :replica and r.deadline < :before and :others
                               and exists (select from quota.replica p where p.name = r.replica and p.seen_at < :before)) left_behind
                         where :call::uuid is null or (id, attempt, tenant_id) > (:call::uuid, :attempt::int, :tenant::uuid)
                         order by id, attempt, tenant_id limit :most""")
                .param("call", after == null ? null : after.call().toString())
                .param("attempt", after == null ? null : Integer.toString(after.number()))
                .param("tenant", after == null ? null : after.tenant().toString())
                .param("others", others)
                .param("replica", replica)
                .param("epoch", epoch)
                .param("before", Timestamps.column(before))
                .param("most", most)
                .query((row, number) -> new Attempt(new TenantId(uuid(row, "tenant_id")), new CallId(uuid(row, "id")), row.getInt("attempt")))
                .list();
    }

    private static Intent open(TenantId tenant, ResultSet row) throws SQLException {
        UUID key = row.getObject("key_id", UUID.class);
        return new Intent(
                new Attempt(tenant, new CallId(uuid(row, "id")), row.getInt("attempt")), Timestamps.read(row, "ts"), new ProjectId(uuid(row, "project_id")),
                key == null ? null : new KeyId(key), row.getObject("person", Integer.class), new EndpointId(uuid(row, "endpoint_id")), row.getInt("upstream"),
                row.getInt("model"), text(row, "sku"), row.getInt("path"), row.getInt("price_version"),
                row.getLong("context"), row.getLong("input"), row.getLong("output"), row.getBigDecimal("cost").toBigIntegerExact(),
                row.getInt("answers"), List.of());
    }

    private static String[] calls(Collection<Attempt> attempts) {
        return attempts.stream().map(attempt -> attempt.call().toString()).toArray(String[]::new);
    }

    private static String[] numbers(Collection<Attempt> attempts) {
        return attempts.stream().map(attempt -> Integer.toString(attempt.number())).toArray(String[]::new);
    }
}

package dev.penstock.quota.reconciliation;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.underway.AtEndpoint;
import dev.penstock.quota.underway.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the books say of an endpoint, over all tenants that call it. Reads, in the running transaction, which sees one moment.
 *
 * <p>Entries are found by {@code booked_at}, not by when their attempts were. The moment that names a look was before what the look sees was fixed,
 * and all replicas have said since what they had under way. So when nothing was open, an entry that is not seen belongs to an attempt that began
 * after the moment, and has a later time: each entry is at or before exactly one quiet moment for the first time.
 */
@Component
class LedgerSight {

    /** Ids of entries are made of the same clock, a moment before or after. */
    private static final long ID_MARGIN_MILLIS = 1_000;

    /** By endpoint and id of the entry, which an index has in their order, so that what is long past is not read. */
    private static final String BOOKED = """
            select coalesce(-sum(p.amount) filter (where p.unit <> 'output'), 0)::bigint as input,
                   coalesce(-sum(p.amount) filter (where p.unit = 'output'), 0)::bigint as output
              from quota.posting p
              join quota.entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
             where p.account = 'upstream' and p.endpoint_id = :endpoint and p.entry_id >= :first and e.booked_at > :since and e.kind <> 'found'""";

    private final JdbcClient jdbc;
    private final Moments moments;

    LedgerSight(JdbcClient jdbc, Moments moments) {
        this.jdbc = jdbc;
        this.moments = moments;
    }

    /** @param moment before this transaction began, and after the engine's counters were read */
    Seen look(EndpointId endpoint, Instant mark, Instant lastTurn, Instant moment) {
        AtEndpoint told = moments.at(endpoint, moment);
        Amount booked = amount(BOOKED, endpoint, mark);
        boolean moved = !amount(BOOKED, endpoint, lastTurn).isNothing() || leftSince(endpoint, lastTurn);
        return jdbc.sql("""
                        select count(*) as open, coalesce(sum(i.input * i.answers), 0)::bigint as input,
                               coalesce(sum(i.output), 0)::bigint as output,
                               (select coalesce(sum(repeats + input_more), 0)::bigint from quota.leeway where endpoint_id = :endpoint and found_input is null) as more_input,
                               (select coalesce(sum(output_more), 0)::bigint from quota.leeway where endpoint_id = :endpoint and found_input is null) as more_output
                          from quota.reservation r
                          join quota.intent i on i.tenant_id = r.tenant_id and i.call_id = r.id and i.attempt = r.attempt and i.ts = r.ts
                         where r.kind = 'call' and i.endpoint_id = :endpoint""")
                .param("endpoint", endpoint.value())
                .query((row, number) -> new Seen(
                        moment, told.told(), told.attempts() + row.getLong("open"),
                        new Amount(told.input(), told.output()).plus(amount(row, number)), moved, booked,
                        new Amount(row.getLong("more_input"), row.getLong("more_output"))))
                .single();
    }

    /** What was booked of attempts that began since: what a process that began then can have worked for. */
    Amount bookedOfAttemptsSince(EndpointId endpoint, Instant since) {
        Amount lost = amount(BOOKED + " and e.kind = 'loss' and uuid_extract_timestamp(e.call_id) >= :since", endpoint, since);
        return jdbc.sql("""
                        select coalesce(sum(input + cache_read + cache_write), 0)::bigint as input, coalesce(sum(output), 0)::bigint as output
                          from quota.usage where endpoint_id = :endpoint and ts >= :since""")
                .param("endpoint", endpoint.value())
                .param("since", Timestamps.column(since))
                .query(LedgerSight::amount)
                .single()
                .plus(lost);
    }

    /** Those whose attempts began since, in their order. */
    List<OpenEnd> openEnds(EndpointId endpoint, @Nullable Instant since) {
        return jdbc.sql("""
                        select tenant_id, call_id, attempt, repeats, input_less, input_more, output_less, output_more
                          from quota.leeway
                         where endpoint_id = :endpoint and found_input is null and ts >= :since::timestamptz
                         order by call_id, attempt""")
                .param("endpoint", endpoint.value())
                .param("since", since == null ? "-infinity" : since.toString())
                .query((row, number) -> new OpenEnd(
                        new TenantId(uuid(row, "tenant_id")), new CallId(uuid(row, "call_id")), row.getInt("attempt"), row.getLong("repeats"),
                        new Amount(row.getLong("input_less"), row.getLong("output_less")), new Amount(row.getLong("input_more"), row.getLong("output_more"))))
                .list();
    }

    private Amount amount(String sql, EndpointId endpoint, Instant since) {
        return jdbc.sql(sql)
                .param("endpoint", endpoint.value())
                .param("first", firstIdOf(since))
                .param("since", Timestamps.column(since))
                .query(LedgerSight::amount)
                .single();
    }

    private boolean leftSince(EndpointId endpoint, Instant since) {
        return jdbc.sql("select exists (select from quota.leeway where endpoint_id = :endpoint and booked_at > :since)")
                .param("endpoint", endpoint.value())
                .param("since", Timestamps.column(since))
                .query(Boolean.class)
                .single();
    }

    private static UUID firstIdOf(Instant at) {
        return new UUID(Math.max(0, at.toEpochMilli() - ID_MARGIN_MILLIS) << 16 | 0x7000, 0x8000_0000_0000_0000L);
    }

    private static Amount amount(ResultSet row, int number) throws SQLException {
        return new Amount(row.getLong("input"), row.getLong("output"));
    }
}

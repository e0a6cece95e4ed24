package dev.penstock.quota.limit;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitRequestState;
import dev.penstock.contract.quota.Meter;
import dev.penstock.frame.jobs.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on requests for more. In the running transaction. */
@Component
class RequestTable {

    /**
     * One for a reader.
     *
     * @param present what the limit allows now; null: it is gone or allows any amount
     */
    record Seen(Request request, String tenantName, String projectName, @Nullable BigInteger present) {}

    private static final String SELECT = """
            select q.*, t.name as tenant_name, p.name as project_name, r.amount as present
              from quota.limit_request q
              join quota.tenant t on t.tenant_id = q.tenant_id
              left join quota.project p on p.tenant_id = q.tenant_id and p.id = q.project_id
              left join quota.limit_rule r on r.tenant_id = q.tenant_id and r.id = q.limit_id
             where\s""";

    private final JdbcClient jdbc;

    RequestTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that wait first, the oldest of them first; then the others, newest first. */
    List<Seen> list(@Nullable TenantId tenant, Instant now, int most) {
        return jdbc.sql(SELECT + """
                        (:tenant::uuid is null or q.tenant_id = :tenant::uuid)
                         order by (q.state = 'SUBMITTED' and q.lapses_at > :now) desc, case when q.state = 'SUBMITTED' and q.lapses_at > :now then q.asked_at end,
                                  coalesce(q.decided_at, q.lapses_at) desc, q.id
                         limit :most""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("now", Timestamps.column(now))
                .param("most", most)
                .query((row, number) -> seen(row))
                .list();
    }

    Optional<Seen> find(TenantId tenant, LimitRequestId id) {
        return jdbc.sql(SELECT + "q.tenant_id = :tenant and q.id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, number) -> seen(row))
                .optional();
    }

    /** Nobody else decides it until the transaction ends. */
    Optional<Request> lock(TenantId tenant, LimitRequestId id) {
        return jdbc.sql("select * from quota.limit_request where tenant_id = :tenant and id = :id for update")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, number) -> request(row))
                .optional();
    }

    long waiting(TenantId tenant, Instant now) {
        return jdbc.sql("select count(*) from quota.limit_request where tenant_id = :tenant and state = 'SUBMITTED' and lapses_at > :now")
                .param("tenant", tenant.value())
                .param("now", Timestamps.column(now))
                .query(Long.class)
                .single();
    }

    /** Those whose time is over make room for another of the same person. */
    void lapse(TenantId tenant, Instant now) {
        jdbc.sql("update quota.limit_request set state = 'LAPSED' where tenant_id = :tenant and state = 'SUBMITTED' and lapses_at <= :now")
                .param("tenant", tenant.value())
                .param("now", Timestamps.column(now))
                .update();
    }

    void insert(Request request) {
        CallId call = request.call();
        jdbc.sql("""
                        insert into quota.limit_request (tenant_id, id, limit_id, project_id, title, meter, before, amount, reason, call_id, asked_by, asked_at, lapses_at)
                        values (:tenant, :id, :limit, :project, :title, :meter, :before, :amount, :reason, :call::uuid, :by, :at, :lapses)""")
                .param("tenant", request.tenant().value())
                .param("id", request.id().value())
                .param("limit", request.limit().value())
                .param("project", request.project().value())
                .param("title", request.title())
                .param("meter", request.meter().name())
                .param("before", new BigDecimal(request.before()))
                .param("amount", new BigDecimal(request.amount()))
                .param("reason", request.reason())
                .param("call", call == null ? null : call.toString())
                .param("by", request.askedBy())
                .param("at", Timestamps.column(request.askedAt()))
                .param("lapses", Timestamps.column(request.lapsesAt()))
                .update();
    }

    void decide(Request request, Request.Decision decision) {
        BigInteger granted = decision.granted();
        jdbc.sql("""
                        update quota.limit_request set state = :state, granted = :granted::numeric, decided_by = :by, decided_at = :at, words = :words
                         where tenant_id = :tenant and id = :id and state = 'SUBMITTED'""")
                .param("tenant", request.tenant().value())
                .param("id", request.id().value())
                .param("state", decision.state().name())
                .param("granted", granted == null ? null : granted.toString())
                .param("by", decision.by())
                .param("at", Timestamps.column(decision.at()))
                .param("words", decision.words())
                .update();
    }

    private static Seen seen(ResultSet row) throws SQLException {
        BigDecimal present = row.getBigDecimal("present");
        return new Seen(
                request(row), text(row, "tenant_name"), Objects.requireNonNullElse(row.getString("project_name"), ""), present == null ? null : present.toBigIntegerExact());
    }

    private static Request request(ResultSet row) throws SQLException {
        UUID call = row.getObject("call_id", UUID.class);
        return new Request(
                new TenantId(uuid(row, "tenant_id")), new LimitRequestId(uuid(row, "id")), new LimitId(uuid(row, "limit_id")), new ProjectId(uuid(row, "project_id")),
                text(row, "title"), Meter.valueOf(text(row, "meter")), amount(row, "before"), amount(row, "amount"), text(row, "reason"), call == null ? null : new CallId(call),
                text(row, "asked_by"), Timestamps.read(row, "asked_at"), Timestamps.read(row, "lapses_at"), decision(row));
    }

    private static Request.@Nullable Decision decision(ResultSet row) throws SQLException {
        if (row.getString("decided_by") == null) {
            return null;
        }
        BigDecimal granted = row.getBigDecimal("granted");
        return new Request.Decision(
                LimitRequestState.valueOf(text(row, "state")), granted == null ? null : granted.toBigIntegerExact(), text(row, "decided_by"), Timestamps.read(row, "decided_at"),
                row.getString("words"));
    }

    private static BigInteger amount(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column), column).toBigIntegerExact();
    }
}

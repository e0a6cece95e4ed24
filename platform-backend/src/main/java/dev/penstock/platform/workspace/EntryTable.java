package dev.penstock.platform.workspace;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.identity.Caller;
import dev.penstock.platform.slice.SliceKey;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on tickets and the sessions they are swapped for, within a transaction of the tenant. */
@Component
class EntryTable {

    private static final String FROM = """
             e.tenant_id, e.slice_id, s.project_id, s.name, s.workspace ->> 'kind' as kind, s.state, e.subject, e.groups
              from platform.workspace_entry e join platform.slice s on s.tenant_id = e.tenant_id and s.id = e.slice_id
             where e.tenant_id = :tenant and s.workspace is not null
               and\s""";

    private final JdbcClient jdbc;

    EntryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void issue(Token ticket, SliceKey key, Caller to, Instant at, Instant until) {
        add(ticket, null, key, to, at, until);
    }

    /** A certificate is no ticket: whoever has it and its key is in. */
    void admit(Token certificate, SliceKey key, Caller to, Instant at, Instant until) {
        add(certificate, certificate, key, to, at, until);
    }

    /** @param session null: there is none before the ticket is swapped */
    private void add(Token ticket, @Nullable Token session, SliceKey key, Caller to, Instant at, Instant until) {
        OffsetDateTime over = until.atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into platform.workspace_entry
                               (tenant_id, ticket_digest, slice_id, subject, groups, issued_at, ticket_until, session_digest, session_until)
                        values (:tenant, :ticket, :slice, :subject, :groups, :at, :until, :session, :session_until)""")
                .param("tenant", key.tenant().value())
                .param("ticket", ticket.digest())
                .param("slice", key.slice().value())
                .param("subject", to.subject())
                .param("groups", to.groups().toArray(String[]::new))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("until", over)
                .param("session", session == null ? null : session.digest(), Types.BINARY)
                .param("session_until", session == null ? null : over, Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Of a ticket that was not used yet. */
    Optional<Entry> byTicket(Token ticket) {
        return find("select e.ticket_until as until," + FROM + "e.ticket_digest = :digest and e.session_digest is null", ticket);
    }

    Optional<Entry> bySession(Token session) {
        return find("select e.session_until as until," + FROM + "e.session_digest = :digest", session);
    }

    /**
     * A ticket is good once, whoever comes with it at the same moment.
     *
     * @return false if somebody else was there first
     */
    boolean swap(Token ticket, Token session, Instant until) {
        return jdbc.sql("""
                        update platform.workspace_entry set session_digest = :session, session_until = :until
                         where tenant_id = :tenant and ticket_digest = :ticket and session_digest is null""")
                .param("tenant", ticket.tenant().value())
                .param("ticket", ticket.digest())
                .param("session", session.digest())
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    /** Over all tenants. */
    int deleteOverBefore(Instant time) {
        return jdbc.sql("delete from platform.workspace_entry where coalesce(session_until, ticket_until) < :time").param("time", time.atOffset(ZoneOffset.UTC)).update();
    }

    private Optional<Entry> find(String sql, Token token) {
        return jdbc.sql(sql).param("tenant", token.tenant().value()).param("digest", token.digest()).query(EntryTable::entry).optional();
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        Array groups = row.getArray("groups");
        return new Entry(
                new SliceKey(new TenantId(row.getObject("tenant_id", UUID.class)), new SliceId(row.getObject("slice_id", UUID.class))),
                new ProjectId(row.getObject("project_id", UUID.class)),
                Objects.requireNonNull(row.getString("name")),
                WorkspaceKind.valueOf(row.getString("kind")),
                SliceState.valueOf(row.getString("state")),
                Objects.requireNonNull(row.getString("subject")),
                Arrays.stream((String[]) groups.getArray()).collect(Collectors.toSet()),
                row.getObject("until", OffsetDateTime.class).toInstant());
    }
}

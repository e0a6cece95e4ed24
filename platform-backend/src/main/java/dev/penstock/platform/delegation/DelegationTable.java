package dev.penstock.platform.delegation;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on delegations, within a transaction that sees those of one tenant, or of all. */
@Component
class DelegationTable {

    /** The most a list holds. */
    static final int PAGE = 500;

    private static final String SELECT = """
            select tenant_id, id, delegator, delegator_name, delegator_groups, groups_known_until, delegate, starts_at, ends_at, given_at, ended_at, ended_by
              from platform.approval_delegation
             where\s""";

    private static final String HELD = "delegate = :person and ended_at is null and starts_at <= :now and ends_at > :now order by starts_at, id";

    private final JdbcClient jdbc;

    DelegationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Delegation> find(TenantId tenant, DelegationId id) {
        return jdbc.sql(SELECT + "tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(DelegationTable::delegation)
                .optional();
    }

    /** Whoever else would end it waits until this transaction ends. */
    Optional<Delegation> lock(TenantId tenant, DelegationId id) {
        return jdbc.sql(SELECT + "tenant_id = :tenant and id = :id for no key update")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(DelegationTable::delegation)
                .optional();
    }

    /** Those that are not over, by who may see them: the one that ends first comes first. @param concerning null: everybody's */
    List<Delegation> open(@Nullable String concerning, Instant now) {
        return jdbc.sql(SELECT + """
                        ended_at is null and ends_at > :now and (:person::text is null or delegator = :person or delegate = :person)
                        order by ends_at, id
                        limit %d""".formatted(PAGE))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("person", concerning)
                .query(DelegationTable::delegation)
                .list();
    }

    /** Those by which somebody stands in at this moment, the longest standing first. */
    List<Delegation> heldBy(String delegate, Instant now) {
        return held(HELD, delegate, now);
    }

    /** The same, and none of them ends before this transaction does. */
    List<Delegation> keepHeldBy(String delegate, Instant now) {
        return held(HELD + " for share", delegate, now);
    }

    private List<Delegation> held(String which, String delegate, Instant now) {
        return jdbc.sql(SELECT + which).param("person", delegate).param("now", now.atOffset(ZoneOffset.UTC)).query(DelegationTable::delegation).list();
    }

    /** Over all tenants: those that are not over. */
    List<Named> named(Instant now) {
        return jdbc.sql("""
                        select tenant_id, id, delegator, delegate, ends_at, groups_known_until
                          from platform.approval_delegation where ended_at is null and ends_at > :now""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Named(
                        tenant(row), id(row), text(row, "delegator"), text(row, "delegate"), time(row, "ends_at"), time(row, "groups_known_until")))
                .list();
    }

    int openOf(String delegator, Instant now) {
        return jdbc.sql("select count(*) from platform.approval_delegation where delegator = :person and ended_at is null and ends_at > :now")
                .param("person", delegator)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    List<DelegationId> active(TenantId tenant, Instant now) {
        return jdbc.sql("select id from platform.approval_delegation where tenant_id = :tenant and ended_at is null and starts_at <= :now and ends_at > :now")
                .param("tenant", tenant.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(UUID.class)
                .list()
                .stream()
                .map(DelegationId::new)
                .toList();
    }

    void add(Delegation delegation) {
        Caller delegator = delegation.delegator();
        jdbc.sql("""
                        insert into platform.approval_delegation
                            (tenant_id, id, delegator, delegator_name, delegator_groups, groups_known_until, delegate, starts_at, ends_at, given_at)
                        values (:tenant, :id, :delegator, :name, :groups, :known, :delegate, :from, :until, :given)""")
                .param("tenant", delegation.tenant().value())
                .param("id", delegation.id().value())
                .param("delegator", delegator.subject())
                .param("name", delegator.name())
                .param("groups", delegator.groups().toArray(String[]::new))
                .param("known", delegator.expires().atOffset(ZoneOffset.UTC))
                .param("delegate", delegation.delegate())
                .param("from", delegation.from().atOffset(ZoneOffset.UTC))
                .param("until", delegation.until().atOffset(ZoneOffset.UTC))
                .param("given", delegation.givenAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void end(Delegation delegation, String by, Instant at) {
        jdbc.sql("update platform.approval_delegation set ended_at = :at, ended_by = :by where tenant_id = :tenant and id = :id")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("tenant", delegation.tenant().value())
                .param("id", delegation.id().value())
                .update();
    }

    /** A token that ends earlier tells nothing new. Over all tenants. */
    void know(Caller delegator, Instant now) {
        jdbc.sql("""
                        update platform.approval_delegation set delegator_groups = :groups, groups_known_until = :known
                         where delegator = :person and ended_at is null and ends_at > :now and groups_known_until < :known""")
                .param("groups", delegator.groups().toArray(String[]::new))
                .param("known", delegator.expires().atOffset(ZoneOffset.UTC))
                .param("person", delegator.subject())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Delegation delegation(ResultSet row, int number) throws SQLException {
        Set<String> groups = Arrays.stream((String[]) row.getArray("delegator_groups").getArray()).collect(Collectors.toSet());
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Delegation(
                tenant(row),
                id(row),
                new Caller(text(row, "delegator"), text(row, "delegator_name"), groups, Set.of(), time(row, "groups_known_until")),
                text(row, "delegate"),
                time(row, "starts_at"),
                time(row, "ends_at"),
                time(row, "given_at"),
                ended == null ? null : ended.toInstant(),
                row.getString("ended_by"));
    }

    private static TenantId tenant(ResultSet row) throws SQLException {
        return new TenantId(Objects.requireNonNull(row.getObject("tenant_id", UUID.class)));
    }

    private static DelegationId id(ResultSet row) throws SQLException {
        return new DelegationId(Objects.requireNonNull(row.getObject("id", UUID.class)));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column).toInstant();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}

package dev.penstock.db.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.db.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the limited roles are refused, tried for real. */
class RolesTest {

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void everyTenantTableForcesRowLevelSecurity() throws SQLException {
        assertThat(column("""
                select c.oid::regclass::text
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                 where n.nspname in ('platform', 'quota', 'audit') and c.relkind in ('r', 'p')
                   and not (c.relrowsecurity and c.relforcerowsecurity)""")).isEmpty();
    }

    @Test
    void everyKeyBetweenTenantTablesStartsWithTheTenant() throws SQLException {
        assertThat(column("""
                select con.conrelid::regclass || ': ' || con.conname
                  from pg_constraint con join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
                  join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
                 where n.nspname in ('platform', 'quota') and con.contype in ('p', 'u', 'f')
                   and con.conkey[1] <> t.attnum
                   and con.confrelid not in ('platform.slice_profile'::regclass, 'platform.model'::regclass)
                   and c.relname <> 'change'""")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noRoleOwnsAnythingOrBypassesAnything(DatabaseRole role) throws SQLException {
        assertThat(column("select rolname from pg_roles where rolname = '%s' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)".formatted(role.roleName()))).isEmpty();
        assertThat(column("select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = '%s'".formatted(role.roleName()))).isEmpty();
        assertThat(column("select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = '%s'".formatted(role.roleName()))).isEmpty();
    }

    @Test
    void noRoleMayChangeOrDeleteWhatIsFinal() throws SQLException {
        List<String> roles = column("select rolname from pg_roles where rolname like 'platform\\_%' or rolname like 'quota\\_%'");
        assertThat(roles).hasSize(DatabaseRole.values().length);
        for (String table : List.of("audit.entry", "audit.leaf", "audit.node", "audit.checkpoint", "quota.usage", "quota.slice_usage",
                "quota.intent", "quota.entry", "quota.posting", "quota.quarantine", "quota.price_book", "quota.price",
                "quota.usage_archive", "quota.usage_archive_sum", "quota.usage_retention")) {
            assertThat(column("""
                    select r.rolname from pg_roles r
                     where (r.rolname like 'platform\\_%%' or r.rolname like 'quota\\_%%')
                       and has_table_privilege(r.oid, '%s', 'update, delete, truncate')""".formatted(table))).as(table).isEmpty();
        }
    }

    @Test
    void onlyTheFunctionWritesToTheTrail() throws SQLException {
        assertThat(column("""
                select r.rolname from pg_roles r
                 where (r.rolname like 'platform\\_%' or r.rolname like 'quota\\_%') and has_table_privilege(r.oid, 'audit.entry', 'insert')""")).isEmpty();
        try (Connection connection = database.connect(DatabaseRole.PLATFORM_WEB)) {
            assertThatThrownBy(() -> connection.createStatement().execute("select audit.append('a.b', 'k', 'i', null, null, 'done', null, null, null)"))
                    .as("without an actor").hasMessageContaining("penstock.actor");
        }
        try (Connection connection = database.connect(DatabaseRole.QUOTA_SNAPSHOT)) {
            assertThatThrownBy(() -> connection.createStatement().execute("select audit.append('a.b', 'k', 'i', null, null, 'done', null, null, null)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theTrailNamesWhomTheTransactionNames() throws SQLException {
        try (Connection connection = database.connect(DatabaseRole.PLATFORM_WEB)) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("select set_config('penstock.actor', 'somebody', true), set_config('penstock.actor_kind', 'person', true)");
            connection.createStatement().execute("select audit.append('thing.make', 'thing', '1', null, null, 'done', null, null, '{\"a\": 1}')");
            connection.commit();
        }
        assertThat(column("select actor || ' ' || coalesce(tenant_id::text, 'no tenant') from audit.entry where action = 'thing.make'")).containsExactly("somebody no tenant");
    }

    /** The message must be the same whether the other tenant's row exists or not. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a project of another tenant as parent  | insert into platform.slice_request (tenant_id, id, project_id, name, profile, lease_seconds, purpose, parts, state, checks, requested_by, requested_at, lapses_at) values ('00000000-0000-0000-0000-00000000000a', gen_random_uuid(), '%s', 'x', 'h100-80.whole', 1, 'p', 1, 'SUBMITTED', '[]', 'me', now(), now())
            a member of another tenant's project   | insert into platform.member (tenant_id, id, kind, principal, role, project_id) values ('00000000-0000-0000-0000-00000000000a', gen_random_uuid(), 'GROUP', 'g', 'OWNER', '%s')
            """)
    void aForeignKeyTellsNothing(String title, String statement) throws SQLException {
        twoTenants();
        String existing = refusal(statement.formatted("00000000-0000-0000-0000-0000000000bb"));
        String missing = refusal(statement.formatted("00000000-0000-0000-0000-0000000000cc"));
        assertThat(existing.replace("0000000000bb", "0000000000cc")).isEqualTo(missing);
    }

    @Test
    void aUniqueKeyTellsNothing() throws SQLException {
        twoTenants();
        try (Connection connection = asTenantA()) {
            connection.createStatement().execute("""
                    insert into platform.project (tenant_id, id, name, uid, created_at)
                    values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000bb', 'taken-by-b', gen_random_uuid(), now())""");
            connection.rollback();
        }
    }

    @Test
    void whatBelongsToAnotherTenantCannotBeChangedOrSeen() throws SQLException {
        twoTenants();
        try (Connection connection = asTenantA(); var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update platform.project set name = 'mine'  where id = '00000000-0000-0000-0000-0000000000bb'")).isZero();
            try (var rows = statement.executeQuery("select count(*) from platform.project")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
            connection.rollback();
        }
    }

    private static String refusal(String sql) throws SQLException {
        try (Connection connection = asTenantA()) {
            try {
                connection.createStatement().execute(sql);
                throw new AssertionError("was accepted: " + sql);
            } catch (SQLException e) {
                return e.getSQLState() + " " + e.getMessage();
            }
        }
    }

    private static Connection asTenantA() throws SQLException {
        Connection connection = database.connect(DatabaseRole.PLATFORM_WEB);
        connection.setAutoCommit(false);
        connection.createStatement().execute("select set_config('penstock.tenant', '00000000-0000-0000-0000-00000000000a', true)");
        return connection;
    }

    private static void twoTenants() throws SQLException {
        try (Connection connection = database.connectAsAdmin(); var statement = connection.createStatement()) {
            for (String tenant : List.of("a", "b")) {
                statement.execute("""
                        insert into platform.tenant (id, name, title, time_zone, currency, created_at)
                        values ('00000000-0000-0000-0000-00000000000%1$s', 'tenant-%1$s', 't', 'UTC', 'EUR', now()) on conflict do nothing""".formatted(tenant));
            }
            statement.execute("""
                    insert into platform.project (tenant_id, id, name, uid, created_at)
                    values ('00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-0000000000bb', 'taken-by-b', gen_random_uuid(), now())
                    on conflict do nothing""");
        }
    }

    private static List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connectAsAdmin(); var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}

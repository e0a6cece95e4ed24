package dev.penstock.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the present version: makes the roles, applies the migrations as {@code penstock_owner} and sets the roles'
 * passwords. May be repeated at any time, also by two at once.
 *
 * <p>On a cluster it runs as a job before a new version of the applications: {@code PENSTOCK_DATABASE_URL},
 * {@code PENSTOCK_DATABASE_ADMIN} and {@code PENSTOCK_DATABASE_ADMIN_PASSWORD} name an administrator who may create roles, and
 * {@code PENSTOCK_PASSWORD_<ROLE>} give each role its password.
 */
public final class Migrate {

    private static final String OWNER = "penstock_owner";

    private Migrate() {}

    public static void main(String[] args) {
        Map<DatabaseRole, String> passwords = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            passwords.put(role, required("PENSTOCK_PASSWORD_" + role.name()));
        }
        run(
                required("PENSTOCK_DATABASE_URL"),
                required("PENSTOCK_DATABASE_ADMIN"),
                required("PENSTOCK_DATABASE_ADMIN_PASSWORD"),
                passwords);
    }

    /**
     * @param url JDBC URL of the database
     * @param admin a role that may create roles and schemas
     * @param passwords one for every role
     * @throws IllegalArgumentException if a password is missing
     * @throws org.flywaydb.core.api.FlywayException if the schema cannot be brought up to date, for example because it is newer
     */
    public static void run(String url, String admin, String adminPassword, Map<DatabaseRole, String> passwords) {
        for (DatabaseRole role : DatabaseRole.values()) {
            if (passwords.getOrDefault(role, "").isBlank()) {
                throw new IllegalArgumentException("no password for the database role " + role.roleName());
            }
        }
        try (Connection connection = DriverManager.getConnection(url, admin, adminPassword)) {
            makeRoles(connection);
            Flyway.configure()
                    .dataSource(url, admin, adminPassword)
                    .locations("classpath:db/migration")
                    .defaultSchema("migration")
                    .createSchemas(true)
                    .initSql("set role " + OWNER)
                    .validateMigrationNaming(true)
                    // Flyway lets an older program run on a newer schema by default; ours says no.
                    .ignoreMigrationPatterns(new String[0])
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            setPasswords(connection, passwords);
        } catch (SQLException e) {
            throw new IllegalStateException("preparing the database roles: " + e.getMessage(), e);
        }
    }

    /** Roles belong to the whole server and may be there already, made for another database or by another run at the same moment. */
    private static void makeRoles(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(makeRole(OWNER, "nologin"));
            for (DatabaseRole role : DatabaseRole.values()) {
                statement.execute(makeRole(role.roleName(), "login noinherit nocreatedb nocreaterole nosuperuser nobypassrls"));
            }
            statement.execute("grant " + OWNER + " to current_user");
            statement.execute("do $$ begin execute format('grant create on database %I to " + OWNER + "', current_database()); end $$");
            statement.execute("revoke create on schema public from public");
        }
    }

    private static String makeRole(String name, String attributes) {
        return """
                do $$ begin
                    if not exists (select from pg_roles where rolname = '%1$s') then
                        create role %1$s %2$s;
                    end if;
                exception when duplicate_object or unique_violation then null;
                end $$""".formatted(name, attributes);
    }

    private static void setPasswords(Connection connection, Map<DatabaseRole, String> passwords) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (DatabaseRole role : DatabaseRole.values()) {
                String literal = statement.enquoteLiteral(passwords.getOrDefault(role, ""));
                statement.execute("alter role " + role.roleName() + " password " + literal);
            }
        }
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("set " + variable + ", then run the migration again");
        }
        return value;
    }
}

package dev.penstock.db.testing;

import dev.penstock.db.DatabaseRole;
import dev.penstock.db.Migrate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own for one test class, migrated, with every role. It is a copy of a template that is migrated once per JVM, so that
 * a further one takes milliseconds.
 */
public final class TestDatabase implements AutoCloseable {

    /** Every role's password in tests. */
    public static final String PASSWORD = "test";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server;
    private final String name;

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Makes one. Close it to drop it. */
    public static TestDatabase create() {
        TestServer server = TestServer.get();
        String name = "test_" + COUNT.incrementAndGet();
        execute(server.url("postgres"), server, "create database " + name + " template " + Template.NAME);
        return new TestDatabase(server, name);
    }

    /** An empty database without any migration. */
    public static TestDatabase createEmpty() {
        TestServer server = TestServer.get();
        String name = "test_" + COUNT.incrementAndGet();
        execute(server.url("postgres"), server, "create database " + name);
        return new TestDatabase(server, name);
    }

    /** One on that server, migrated for it. */
    static TestDatabase createOn(TestServer server) {
        String name = "test_" + COUNT.incrementAndGet();
        execute(server.url("postgres"), server, "create database " + name);
        Migrate.run(server.url(name), server.admin(), server.password(), passwords());
        return new TestDatabase(server, name);
    }

    public String url() {
        return server.url(name);
    }

    public String admin() {
        return server.admin();
    }

    public String adminPassword() {
        return server.password();
    }

    /** A connection as the server's administrator: for looking at everything, and for playing the intruder. */
    public Connection connectAsAdmin() throws SQLException {
        return DriverManager.getConnection(url(), server.admin(), server.password());
    }

    /** A connection as one of the applications' roles. */
    public Connection connect(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(url(), role.roleName(), PASSWORD);
    }

    public static Map<DatabaseRole, String> passwords() {
        Map<DatabaseRole, String> passwords = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            passwords.put(role, PASSWORD);
        }
        return passwords;
    }

    @Override
    public void close() {
        execute(server.url("postgres"), server, "drop database if exists " + name + " with (force)");
    }

    private static final class Template {
        static final String NAME = make();

        private static String make() {
            TestServer server = TestServer.get();
            execute(server.url("postgres"), server, "create database penstock_template");
            Migrate.run(server.url("penstock_template"), server.admin(), server.password(), passwords());
            return "penstock_template";
        }
    }

    private static void execute(String url, TestServer server, String sql) {
        try (Connection connection = DriverManager.getConnection(url, server.admin(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}

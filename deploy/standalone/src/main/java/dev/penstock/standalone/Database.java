package dev.penstock.standalone;

import dev.penstock.db.Migrate;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresServer;
import dev.penstock.standalone.program.JdbcDrivers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.FlywayException;

/** Makes the database at first use and brings it to this version. */
final class Database {

    private static final String INVALID_PASSWORD = "28P01";

    private Database() {}

    static void prepare(PostgresServer server, Installation installation) {
        String password = installation.postgres().password();
        JdbcDrivers.registerFor(Database.class.getClassLoader());
        try {
            create(server, password);
            Migrate.run(installation.databaseUrl(), PostgresServer.ADMIN, password, installation.databasePasswords());
        } catch (FlywayException e) {
            throw new StartFailure("The data in " + installation.folder().root() + " do not fit this version of Penstock, most likely because a newer one wrote them ("
                    + reason(e) + "): start the version that wrote them, or choose another folder with --data.", e);
        } catch (SQLException e) {
            throw INVALID_PASSWORD.equals(e.getSQLState())
                    ? new StartFailure("The data and the secrets in " + installation.folder().root()
                            + " do not belong together: put back the folder “secrets” that was there, or choose another folder with --data.", e)
                    : new StartFailure("The database cannot be prepared (" + e.getMessage() + "): the log is " + installation.log(Part.POSTGRES) + ".", e);
        }
    }

    private static void create(PostgresServer server, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url("postgres"), PostgresServer.ADMIN, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select from pg_database where datname = '" + Installation.DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + Installation.DATABASE);
        }
    }

    /** Flyway's first line says that validation failed, its second one why. */
    private static String reason(FlywayException e) {
        List<String> lines = String.valueOf(e.getMessage()).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.get(Math.min(1, lines.size() - 1));
    }
}

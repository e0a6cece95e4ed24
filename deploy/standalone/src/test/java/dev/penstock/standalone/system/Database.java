package dev.penstock.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The database itself, for looking behind what the programs say. */
final class Database implements AutoCloseable {

    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** As its administrator, who sees everything. */
    static Database asAdministrator(RunningPenstock penstock) {
        Map<String, String> login = penstock.database();
        return connect(login.get("url"), login.get("user"), login.get("password"));
    }

    /** As one of the programs' own roles. */
    static Database as(RunningPenstock penstock, String role) {
        try {
            return connect(penstock.database().get("url"), role, Files.readString(penstock.data().resolve("secrets").resolve("database-" + role)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database connect(String url, String user, String password) {
        try {
            Connection connection = DriverManager.getConnection(url, user, password);
            connection.setAutoCommit(false);
            return new Database(connection);
        } catch (SQLException e) {
            throw new AssertionError("connecting as " + user, e);
        }
    }

    /** For the statements until the next {@link #end}. */
    void inTenant(String tenant) {
        rows("select set_config('penstock.tenant', ?, true)", tenant);
    }

    void end() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows, each by its columns' names, as text. */
    List<Map<String, String>> rows(String sql, String... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                List<Map<String, String>> rows = new ArrayList<>();
                while (found.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                        row.put(found.getMetaData().getColumnLabel(column), found.getString(column));
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new AssertionError(sql + ": " + e.getMessage(), e);
        }
    }

    long count(String sql, String... parameters) {
        return Long.parseLong(rows(sql, parameters).getFirst().values().iterator().next());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

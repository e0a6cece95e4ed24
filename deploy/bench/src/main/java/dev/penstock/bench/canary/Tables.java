package dev.penstock.bench.canary;

import dev.penstock.bench.subject.BenchFailure;
import dev.penstock.bench.subject.Premises;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Every table of every schema, PostgreSQL's own too, as its administrator copies it: bytes read as hexadecimal digits there. */
final class Tables implements AutoCloseable {

    private static final List<String> OURS = List.of("platform.", "quota.", "audit.");

    /** Where names stand that clients have for models: in the first, and in what PostgreSQL knows of the values of its columns. */
    private static final List<String> REFUSALS = List.of("quota.refusal", "pg_catalog.pg_statistic");

    private final Connection connection;

    Tables(Premises premises) {
        try {
            connection = premises.database();
        } catch (SQLException e) {
            throw new BenchFailure("The database cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** As text, as bytes, in a document, and at the end of a long text that PostgreSQL compresses and keeps elsewhere. */
    void plant(String text) {
        execute("create schema planted_on_purpose");
        execute("create table planted_on_purpose.planted (text text, bytes bytea, document jsonb, long text)");
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into planted_on_purpose.planted values (?, ?, jsonb_build_object('a', ?::text), repeat('x', 100000) || ?)""")) {
            insert.setString(1, Form.allOf(text));
            insert.setBytes(2, text.getBytes(StandardCharsets.US_ASCII));
            insert.setString(3, text);
            insert.setString(4, text);
            insert.execute();
        } catch (SQLException e) {
            throw failed(e);
        }
        // In the table's file it stands in one piece; the write-ahead log alone may have the head of a page in the middle of it.
        execute("checkpoint");
    }

    Searched search(Search search, Canary control) {
        List<String> tables = names();
        for (String ours : OURS) {
            if (tables.stream().noneMatch(table -> table.startsWith(ours))) {
                throw new BenchFailure("There is no table of " + ours + " to search.");
            }
        }
        try {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables.stream().filter(each -> !REFUSALS.contains(each)).toList()) {
                copies.copyOut("copy (select * from " + table + ") to stdout", search);
                search.next();
            }
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return search.of("tables of all schemas", control, EnumSet.copyOf(Form.TEXTS));
    }

    Searched refusals(Search search, Canary control) {
        try {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : REFUSALS) {
                copies.copyOut("copy (select * from " + table + ") to stdout", search);
                search.next();
            }
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return search.of("the table of refusals and its statistics", control, EnumSet.of(Form.PLAIN)).with(EnumSet.of(Kind.NAME));
    }

    /** With those that are parts of others, not with those whose parts they are; and what is computed once from others. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind in ('r', 'm') order by 1""")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return names;
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static BenchFailure failed(SQLException e) {
        return new BenchFailure("The database cannot be searched: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        execute("drop schema if exists planted_on_purpose cascade");
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}

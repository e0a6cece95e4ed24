package dev.penstock.bench.subject;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/**
 * What is on disk before it is said to be.
 *
 * @param journal when intents and ends are brought to disk
 * @param postgres settings of the running server
 * @param fileSystem on which both are
 */
public record Durability(String journal, List<String> postgres, String fileSystem) {

    private static final String SYNC = "penstock.journal.sync";
    private static final String DEFAULT_SYNC = "always";
    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "wal_sync_method", "full_page_writes");

    /** @param further settings of quota-service, which outrank those of the installation */
    static Durability read(Installation installation, List<String> further) {
        try {
            return new Durability(journal(installation, further), postgres(installation.database()), Files.getFileStore(installation.data()).type());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new BenchFailure("The settings of PostgreSQL cannot be read.", e);
        }
    }

    private static String journal(Installation installation, List<String> further) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(installation.settings())) {
            settings.load(reader);
        }
        return further.stream().filter(setting -> setting.startsWith(SYNC + "=")).map(setting -> setting.substring(SYNC.length() + 1))
                .reduce((one, later) -> later).orElse(settings.getProperty(SYNC, DEFAULT_SYNC));
    }

    private static List<String> postgres(JsonNode database) throws IOException, SQLException {
        String password = Files.readString(Path.of(database.required("passwordFile").asString())).strip();
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.required("url").asString(), database.required("admin").asString(), password);
                Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                try (ResultSet value = statement.executeQuery("show " + setting)) {
                    value.next();
                    values.add(setting + " " + value.getString(1));
                }
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return "journal sync " + journal + ", PostgreSQL " + String.join(", ", postgres) + ", on " + fileSystem;
    }
}

package dev.penstock.bench.subject;

import dev.penstock.standalone.client.Directory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** What runs, for those who look behind it: where it keeps what, which processes it has, and its database as the administrator sees it. */
public final class Premises {

    private final Installation installation;
    private final Child quotaService;
    private final Customer customer;

    Premises(Installation installation, Child quotaService, Customer customer) {
        this.installation = installation;
        this.quotaService = quotaService;
        this.customer = customer;
    }

    public Customer customer() {
        return customer;
    }

    public Directory directory() {
        return installation.directory();
    }

    /** Of the gateway. */
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + directory().url("gateway").getPort());
    }

    /** Everything that the installation keeps: logs, journal, database, secrets. */
    public Path data() {
        return installation.data();
    }

    /** The JVMs, by the programs in them. */
    public Map<String, Long> virtualMachines() {
        return Map.of("quota-service", quotaService.pid(), "platform-backend and the rest", installation.pid());
    }

    /** As its administrator. */
    public Connection database() throws SQLException {
        JsonNode database = installation.database();
        return DriverManager.getConnection(database.required("url").asString(), database.required("admin").asString(), password(database));
    }

    private static String password(JsonNode database) {
        try {
            return Files.readString(Path.of(database.required("passwordFile").asString())).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until it holds, as long as everything lives. */
    public void await(String what, BooleanSupplier holds) {
        Patience.await(what, quotaService, holds);
    }
}

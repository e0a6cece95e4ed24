package dev.penstock.standalone;

import dev.penstock.standalone.login.Persona;
import dev.penstock.standalone.login.ServiceClient;
import dev.penstock.standalone.machine.PrivateFiles;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code standalone.json}: what a script needs to work with a running installation. It is there from the start to the stop. */
final class RunFile {

    /** How far the start is. */
    enum State {
        STARTING,
        /** Everything this process starts runs; programs that somebody else starts do not answer yet. */
        WAITING,
        READY
    }

    private final Installation installation;
    private final Instant startedAt;
    private final Path file;

    RunFile(Installation installation, Instant startedAt) {
        this.installation = installation;
        this.startedAt = startedAt;
        this.file = in(installation.folder().root());
    }

    /** Where it is in a data folder. */
    static Path in(Path data) {
        return data.resolve("standalone.json");
    }

    Path file() {
        return file;
    }

    void write(State state, @Nullable Long postgresPid) {
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        try {
            PrivateFiles.write(file, json.writeValueAsString(content(state, postgresPid)) + "\n");
        } catch (IOException e) {
            throw StartFailure.of("writing " + file, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StartFailure.of("deleting " + file, e);
        }
    }

    private Map<String, Object> content(State state, @Nullable Long postgresPid) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("state", state.name().toLowerCase(Locale.ROOT));
        content.put("startedAt", startedAt.toString());
        content.put("pid", ProcessHandle.current().pid());
        if (postgresPid != null) {
            content.put("postgresPid", postgresPid);
        }
        content.put("data", installation.folder().root().toString());
        content.put("urls", urls());
        content.put("ports", ports());
        content.put("logins", logins());
        content.put("tokenUrl", installation.tokenUri());
        content.put("clients", clients());
        content.put("database", Map.of(
                "url", installation.databaseUrl(), "admin", PostgresServer.ADMIN, "passwordFile", installation.secrets().passwordFile("database-admin").toString()));
        content.put("kubeconfig", installation.kubeconfig().toString());
        content.put("logs", installation.folder().logs().toString());
        return content;
    }

    private Map<String, String> urls() {
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("portal", installation.portal().toString());
        urls.put("platform-backend", installation.platformBackend().toString());
        urls.put("quota-service", installation.quotaService().toString());
        urls.put("gateway", installation.gateway().toString());
        urls.put("login", installation.issuer());
        urls.put("cluster", installation.cluster().toString());
        return urls;
    }

    private Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            ports.put(part.key(), installation.port(part));
        }
        ports.put("gateway", installation.ports().gateway());
        return ports;
    }

    private static List<Map<String, Object>> logins() {
        List<Map<String, Object>> logins = new ArrayList<>();
        for (Persona persona : Persona.development()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("login", persona.login());
            one.put("name", persona.name());
            one.put("groups", persona.groups());
            one.put("does", persona.does());
            logins.add(one);
        }
        return logins;
    }

    private List<Map<String, Object>> clients() {
        List<Map<String, Object>> clients = new ArrayList<>();
        for (Persona persona : Persona.development()) {
            clients.add(client(persona.scriptClient(), "actsAs", persona.login()));
        }
        for (ServiceClient service : installation.services()) {
            clients.add(client(service.id(), "scope", String.join(" ", service.scopes().stream().sorted().toList())));
        }
        return clients;
    }

    private Map<String, Object> client(String id, String what, String value) {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("id", id);
        client.put("secret", installation.clientSecret(id));
        client.put(what, value);
        return client;
    }
}

package dev.penstock.standalone.client;

import java.net.URI;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where an installation's parts are and how one signs in, as {@code standalone.json} says. */
public final class Directory {

    private final JsonNode content;

    private Directory(JsonNode content) {
        this.content = content;
    }

    public static Directory read(Path runFile) {
        return new Directory(JsonMapper.shared().readTree(runFile));
    }

    /** Whether everything was healthy when the file was written. */
    public boolean isReady() {
        return "ready".equals(content.path("state").asString(""));
    }

    /** @param part such as {@code quota-service} or {@code gateway} */
    public URI url(String part) {
        return URI.create(content.required("urls").required(part).asString());
    }

    public URI tokenUrl() {
        return URI.create(content.required("tokenUrl").asString());
    }

    public Path data() {
        return Path.of(content.required("data").asString());
    }

    /** Secret of a client, by its id. */
    public String secret(String client) {
        return content.required("clients").valueStream()
                .filter(node -> node.required("id").asString().equals(client))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no client " + client))
                .required("secret").asString();
    }
}

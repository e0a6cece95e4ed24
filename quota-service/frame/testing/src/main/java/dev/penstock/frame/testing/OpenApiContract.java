package dev.penstock.frame.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document for everyone who does not import our contract: generated, checked in, and the same. */
public abstract class OpenApiContract {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String program;

    /** @param program whose document it is; it stands in {@code docs/api} under this name */
    protected OpenApiContract(String program) {
        this.program = program;
    }

    /** What the running program answers at {@code /v3/api-docs}. */
    protected abstract JsonNode answered();

    @Test
    void theDocumentSaysWhatTheProgramDoes() throws IOException {
        Path document = Path.of("..", "docs", "api", program + ".json");
        ObjectNode generated = generated();
        if (Boolean.getBoolean("penstock.docs.write")) {
            Files.createDirectories(document.getParent());
            Files.writeString(document, JSON.writeValueAsString(generated) + "\n");
        }
        assertThat(JSON.readTree(Files.readString(document)))
                .as("docs/api/%s.json differs from the program; ./penstock test -Dpenstock.docs.write=true writes it anew", program)
                .isEqualTo(generated);
    }

    protected final JsonNode schemas() {
        return generated().path("components").path("schemas");
    }

    protected final JsonNode paths() {
        return generated().path("paths");
    }

    private ObjectNode generated() {
        ObjectNode document = (ObjectNode) answered();
        OpenApiDocument.complete(document, "Penstock " + program);
        return document;
    }
}

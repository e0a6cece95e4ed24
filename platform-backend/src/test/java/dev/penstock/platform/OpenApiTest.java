package dev.penstock.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.frame.testing.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document for everyone who does not import our contract: generated, checked in, and the same. */
class OpenApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "api", "platform-backend.json");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theDocumentSaysWhatTheProgramDoes() throws IOException {
        ObjectNode generated = generated();
        if (Boolean.getBoolean("penstock.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, JSON.writeValueAsString(generated) + "\n");
        }
        assertThat(JSON.readTree(Files.readString(DOCUMENT)))
                .as("docs/api/platform-backend.json differs from the program; ./penstock test -Dpenstock.docs.write=true writes it anew")
                .isEqualTo(generated);
    }

    @Test
    void idsAreUuidsAndGpuTimeIsANumber() {
        JsonNode schemas = generated().path("components").path("schemas");
        assertThat(schemas.path("SliceRequestView").path("properties").path("id").path("format").asString()).isEqualTo("uuid");
        assertThat(schemas.path("SliceRequestView").path("properties").path("gpuTime").path("type").asString()).isEqualTo("integer");
        assertThat(schemas.has("TenantId")).isFalse();
    }

    @Test
    void operationsAreNamedByWhatTheyDoAndNotByTheirOrder() {
        JsonNode paths = generated().path("paths");
        assertThat(paths.path("/api/tenants/{tenant}").path("put").path("operationId").asString()).isEqualTo("tenants.put");
        assertThat(paths.path("/api/tenants/{tenant}/slices/{slice}").path("get").path("operationId").asString()).isEqualTo("slices.get");
    }

    private static ObjectNode generated() {
        RunningPlatform platform = RunningPlatform.shared();
        ObjectNode document = (ObjectNode) platform.get("/v3/api-docs", platform.admin()).body();
        OpenApiDocument.complete(document, "Penstock platform-backend");
        return document;
    }
}

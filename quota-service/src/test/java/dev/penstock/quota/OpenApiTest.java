package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final Path DOCUMENT = Path.of("..", "docs", "api", "quota-service.json");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theDocumentSaysWhatTheProgramDoes() throws IOException {
        ObjectNode generated = generated();
        if (Boolean.getBoolean("penstock.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, JSON.writeValueAsString(generated) + "\n");
        }
        assertThat(JSON.readTree(Files.readString(DOCUMENT)))
                .as("docs/api/quota-service.json differs from the program; ./penstock test -Dpenstock.docs.write=true writes it anew")
                .isEqualTo(generated);
    }

    @Test
    void idsAreUuidsAndGpuTimeIsANumber() {
        JsonNode schemas = generated().path("components").path("schemas");
        assertThat(schemas.path("ReservationView").path("properties").path("slice").path("format").asString()).isEqualTo("uuid");
        assertThat(schemas.path("ReservationView").path("properties").path("setAside").path("type").asString()).isEqualTo("integer");
        assertThat(schemas.has("SliceId")).isFalse();
    }

    @Test
    void operationsAreNamedByWhatTheyDoAndNotByTheirOrder() {
        JsonNode paths = generated().path("paths");
        assertThat(paths.path("/api/tenants/{tenant}/slices/{slice}/reservation").path("put").path("operationId").asString()).isEqualTo("reservations.reserve");
        assertThat(paths.path("/api/limits").path("get").path("operationId").asString()).isEqualTo("limits.list");
    }

    private static ObjectNode generated() {
        RunningService service = RunningService.get();
        ObjectNode document = (ObjectNode) service.send(service.admin(), "GET", "/v3/api-docs", null).is(200).body();
        OpenApiDocument.complete(document, "Penstock quota-service");
        return document;
    }
}

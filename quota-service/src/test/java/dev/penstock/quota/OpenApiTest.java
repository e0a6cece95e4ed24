package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document of what is offered over HTTP is checked in and agrees with the code; {@code -Dpenstock.docs.write=true} writes it anew. */
class OpenApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "api", "quota-service.json");

    @Test
    void theDocumentSaysWhatTheProgramOffers() throws Exception {
        RunningService service = RunningService.get();
        ObjectNode offered = (ObjectNode) service.send(service.admin(), "GET", "/v3/api-docs", null).is(200).body();
        offered.remove("servers");
        String text = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(offered) + "\n";
        if (Boolean.getBoolean("penstock.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, text);
        }
        assertThat(DOCUMENT).exists();
        assertThat(Files.readString(DOCUMENT)).as("run the build with -Dpenstock.docs.write=true and look at the difference").isEqualTo(text);
    }

    @Test
    void anIdIsAUuidAndGpuTimeANumber() {
        RunningService service = RunningService.get();
        var schemas = service.send(service.admin(), "GET", "/v3/api-docs", null).is(200).body().path("components").path("schemas");
        assertThat(schemas.path("ReservationView").path("properties").path("slice").path("format").asString()).isEqualTo("uuid");
        assertThat(schemas.path("ReservationView").path("properties").path("setAside").path("type").asString()).isEqualTo("integer");
        assertThat(schemas.has("SliceId")).isFalse();
    }
}

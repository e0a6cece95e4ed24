package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.testing.OpenApiContract;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends OpenApiContract {

    OpenApiTest() {
        super("quota-service");
    }

    @Override
    protected JsonNode answered() {
        RunningService service = RunningService.get();
        return service.send(service.admin(), "GET", "/v3/api-docs", null).is(200).body();
    }

    @Test
    void idsAreUuidsAndGpuTimeIsANumber() {
        JsonNode schemas = schemas();
        assertThat(schemas.path("ReservationView").path("properties").path("slice").path("format").asString()).isEqualTo("uuid");
        assertThat(schemas.path("ReservationView").path("properties").path("setAside").path("type").asString()).isEqualTo("integer");
        assertThat(schemas.has("SliceId")).isFalse();
    }

    @Test
    void operationsAreNamedByWhatTheyDoAndNotByTheirOrder() {
        JsonNode paths = paths();
        assertThat(paths.path("/api/tenants/{tenant}/slices/{slice}/reservation").path("put").path("operationId").asString()).isEqualTo("reservations.reserve");
        assertThat(paths.path("/api/limits").path("get").path("operationId").asString()).isEqualTo("limits.list");
    }
}

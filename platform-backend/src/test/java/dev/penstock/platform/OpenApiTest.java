package dev.penstock.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.testing.OpenApiContract;
import dev.penstock.platform.running.RunningPlatform;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends OpenApiContract {

    OpenApiTest() {
        super("platform-backend");
    }

    @Override
    protected JsonNode answered() {
        RunningPlatform platform = RunningPlatform.shared();
        return platform.get("/v3/api-docs", platform.admin()).body();
    }

    @Test
    void idsAreUuidsAndGpuTimeIsANumber() {
        JsonNode schemas = schemas();
        assertThat(schemas.path("SliceRequestView").path("properties").path("id").path("format").asString()).isEqualTo("uuid");
        assertThat(schemas.path("SliceRequestView").path("properties").path("gpuTime").path("type").asString()).isEqualTo("integer");
        assertThat(schemas.has("TenantId")).isFalse();
    }

    @Test
    void operationsAreNamedByWhatTheyDoAndNotByTheirOrder() {
        JsonNode paths = paths();
        assertThat(paths.path("/api/tenants/{tenant}").path("put").path("operationId").asString()).isEqualTo("tenants.put");
        assertThat(paths.path("/api/tenants/{tenant}/slices/{slice}").path("get").path("operationId").asString()).isEqualTo("slices.get");
    }
}

package dev.penstock.ui.backend;

import dev.penstock.contract.quota.AuditApi;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** The audit bundle, passed through as it comes: it can be larger than the portal's memory. */
@Component
public class AuditBundle {

    private final RestClient quotaServiceClient;
    private final ProblemReader problems;

    AuditBundle(RestClient quotaServiceClient, JsonMapper json) {
        this.quotaServiceClient = quotaServiceClient;
        this.problems = new ProblemReader("quota-service", json);
    }

    /**
     * @throws BackendProblem when quota-service refuses; nothing was written then
     * @throws IOException when the reader or the service went away in the middle
     */
    public void writeTo(OutputStream out) throws IOException {
        quotaServiceClient
                .get()
                .uri(AuditApi.BUNDLE)
                .accept(MediaType.parseMediaType("application/zip"), MediaType.APPLICATION_OCTET_STREAM)
                .exchange((request, response) -> {
                    if (response.getStatusCode().isError()) {
                        throw problems.read(response.getStatusCode().value(), response.getBody().readAllBytes());
                    }
                    return response.getBody().transferTo(out);
                });
    }
}

package dev.penstock.ui.backend;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.UsageApi;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Call rows as text, passed through as they come: they can be more than the portal's memory holds. */
@Component
public class CallsCsv {

    private static final MediaType CSV = new MediaType("text", "csv");

    private final RestClient quotaServiceClient;
    private final ProblemReader problems;

    /** The parameters of {@link UsageApi#calls}. */
    public record Wanted(
            @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, Instant from, Instant to, boolean egress) {}

    CallsCsv(RestClient quotaServiceClient, JsonMapper json) {
        this.quotaServiceClient = quotaServiceClient;
        this.problems = new ProblemReader("quota-service", json);
    }

    /**
     * @throws BackendProblem when quota-service refuses; nothing was written then
     * @throws IOException when the reader or the service went away in the middle
     */
    public void writeTo(Wanted wanted, OutputStream out) throws IOException {
        quotaServiceClient
                .get()
                .uri(address -> address.path(UsageApi.CALLS_CSV)
                        .queryParamIfPresent("tenant", Optional.ofNullable(wanted.tenant()))
                        .queryParamIfPresent("project", Optional.ofNullable(wanted.project()))
                        .queryParamIfPresent("key", Optional.ofNullable(wanted.key()))
                        .queryParamIfPresent("model", Optional.ofNullable(wanted.model()))
                        .queryParam("from", wanted.from())
                        .queryParam("to", wanted.to())
                        .queryParam("egress", wanted.egress())
                        .build())
                .accept(CSV, MediaType.APPLICATION_PROBLEM_JSON)
                .exchange((request, response) -> {
                    if (response.getStatusCode().isError()) {
                        throw problems.read(response.getStatusCode().value(), response.getBody().readAllBytes());
                    }
                    return response.getBody().transferTo(out);
                });
    }
}

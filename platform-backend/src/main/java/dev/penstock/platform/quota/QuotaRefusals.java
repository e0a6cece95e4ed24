package dev.penstock.platform.quota;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResponseErrorHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What quota-service refuses is refused here in its own words. An answer that is not ours and a refusal of this program's own identity are the
 * same to a caller as none ({@link UsableAnswers}): quota could not be asked, so nothing is granted.
 */
@Component
class QuotaRefusals implements ResponseErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(QuotaRefusals.class);
    private static final int LONGEST_BODY = 64 * 1024;
    /** Said of everything by RFC 9457 or by the frame, which says it again about our own answer. */
    private static final Set<String> STANDARD = Set.of("type", "title", "status", "detail", "instance", "code", "blame", "reference");

    private final JsonMapper json;

    QuotaRefusals(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean hasError(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().isError();
    }

    @Override
    public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        Map<String, Object> body = body(response);
        Optional<Problem> problem = problem(body);
        if (status >= 500 || status == 401 || status == 403 || problem.isEmpty()) {
            log.warn("quota-service answered {} {} with {} {}", method, url.getPath(), status, body.getOrDefault("detail", ""));
            throw new ProblemException(Problem.QUOTA_UNAVAILABLE, "quota-service answered with status " + status + ".");
        }
        ProblemException refusal = new ProblemException(problem.get(), String.valueOf(body.getOrDefault("detail", problem.get().sentence())));
        body.forEach((member, value) -> {
            if (!STANDARD.contains(member)) {
                refusal.with(member, value);
            }
        });
        throw refusal;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> body(ClientHttpResponse response) throws IOException {
        try {
            return json.readValue(response.getBody().readNBytes(LONGEST_BODY), Map.class);
        } catch (JacksonException e) {
            return Map.of();
        }
    }

    private static Optional<Problem> problem(Map<String, Object> body) {
        return Arrays.stream(Problem.values()).filter(problem -> problem.code().equals(body.get("code"))).findFirst();
    }
}

package dev.penstock.frame.problem;

import dev.penstock.contract.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The one form of every error. */
@Component
public class ProblemWriter {

    private final CurrentReference reference;
    private final JsonMapper json;

    ProblemWriter(CurrentReference reference, JsonMapper json) {
        this.reference = reference;
        this.json = json;
    }

    ResponseEntity<ProblemDetail> answer(Problem problem, String detail, Map<String, Object> members) {
        return answer(HttpStatus.valueOf(problem.status()), problem, detail, members);
    }

    ResponseEntity<ProblemDetail> answer(HttpStatusCode status, Problem problem, String detail, Map<String, Object> members) {
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status.value() == 503 || status.value() == 429) {
            builder.header(HttpHeaders.RETRY_AFTER, "2");
        }
        return builder.body(body(status.value(), problem, detail, members));
    }

    /** Answers 401. The detail names what is wrong with the token, never the token. */
    public void notSignedIn(HttpServletResponse response, AuthenticationException failure) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        write(response, Problem.NOT_SIGNED_IN, String.valueOf(failure.getMessage()));
    }

    public void notAllowed(HttpServletResponse response) throws IOException {
        write(response, Problem.NOT_ALLOWED, Problem.NOT_ALLOWED.sentence());
    }

    private void write(HttpServletResponse response, Problem problem, String detail) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), body(problem.status(), problem, detail, Map.of()));
    }

    private ProblemDetail body(int status, Problem problem, String detail, Map<String, Object> members) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        body.setType(URI.create(problem.type()));
        body.setTitle(problem.sentence());
        body.setProperty("code", problem.code());
        body.setProperty("blame", problem.blame().name().toLowerCase(Locale.ROOT));
        body.setProperty("reference", reference.get());
        members.forEach(body::setProperty);
        return body;
    }
}

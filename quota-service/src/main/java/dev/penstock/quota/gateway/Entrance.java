package dev.penstock.quota.gateway;

import dev.penstock.contract.ProjectId;
import dev.penstock.frame.identity.AccessTokens;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.grant.People;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Step 1: who is calling? A key by itself, or a person's access token with the project they call for. */
final class Entrance {

    /** Names the project that a person calls for. */
    static final String PROJECT_HEADER = "x-penstock-project";

    private static final String KEY_HEADER = "x-api-key";
    private static final String SCHEME = "bearer ";
    private static final int LONGEST = 8 << 10;

    private final Grants grants;
    private final People people;
    private final Desk desk;

    Entrance(Grants grants, People people, Desk desk) {
        this.grants = grants;
        this.people = people;
        this.desk = desk;
    }

    /** Fails with a {@link Refusal}: 400, 401, 403, 503. */
    Future<Holder> identify(Exchange exchange) {
        Optional<String> presented = presented(exchange.request());
        if (presented.isEmpty()) {
            return Future.failedFuture(new Refusal(OpenAiError.invalidKey()));
        }
        String credential = presented.get();
        if (grants.looksLikeKey(credential)) {
            return Future.succeededFuture(credential).map(key -> grants.byKey(key).orElseThrow(() -> new Refusal(OpenAiError.invalidKey())));
        }
        String project = exchange.request().getHeader(PROJECT_HEADER);
        return desk.submit(exchange.context(), () -> person(credential, project));
    }

    private Holder person(String token, @Nullable String project) {
        try {
            var person = people.signIn(token).orElseThrow(() -> new Refusal(OpenAiError.invalidKey()));
            return people.forProject(person, projectOf(project)).orElseThrow(
                    () -> new Refusal(OpenAiError.notAllowed("There is no such project, or you are no member of it.")));
        } catch (AccessTokens.IssuerUnavailable e) {
            throw new Refusal(OpenAiError.unavailable("identity_provider_unavailable", "Who you are could not be checked: the identity provider did not answer."),
                    Retry.AFTER_A_SECOND);
        }
    }

    private static ProjectId projectOf(@Nullable String header) {
        try {
            if (header != null) {
                return ProjectId.of(header.strip());
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal(OpenAiError.invalid(null, "The header " + PROJECT_HEADER + " must be the id of a project."));
        }
        throw new Refusal(OpenAiError.invalid(null, "With an access token, name the project you call for in the header " + PROJECT_HEADER + "."));
    }

    /** The bearer; where there is none, what Anthropic's clients send. */
    private static Optional<String> presented(HttpServerRequest request) {
        String header = request.getHeader("authorization");
        String credential = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? header.substring(SCHEME.length()) : request.getHeader(KEY_HEADER);
        return Optional.ofNullable(credential).filter(text -> text.length() <= LONGEST).map(String::strip).filter(text -> !text.isEmpty());
    }
}

package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.upstream.Upstream;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What spans say, in the words of OpenTelemetry's semantic conventions for generative AI (in development, as of version 1.38) and for HTTP: no other class
 * names an attribute. Ids, names of ours, numbers and times; nothing that a client or a model said, no header and no key.
 */
final class GenAi {

    private static final int LEAST_ERROR = 400;

    private GenAi() {}

    static String operation(Operation operation) {
        return switch (operation) {
            case CHAT, MESSAGES, RESPONSES -> "chat";
            case COMPLETIONS -> "text_completion";
            case EMBEDDINGS -> "embeddings";
            case RERANK -> "rerank";
            case COUNT_TOKENS -> "count_tokens";
        };
    }

    static void began(Span call, Operation operation, String id) {
        call.setAttribute("gen_ai.operation.name", operation(operation));
        call.setAttribute("http.route", operation.path());
        call.setAttribute("penstock.call", id);
    }

    /** @param model null: it never became known which one answers */
    static void ended(Span call, Operation operation, @Nullable Holder holder, @Nullable String model, int status) {
        if (holder != null) {
            call.setAttribute("penstock.tenant", holder.tenant().toString());
            call.setAttribute("penstock.project", holder.project().toString());
            if (holder.key() != null) {
                call.setAttribute("penstock.key", holder.key().toString());
            }
        }
        if (model != null) {
            call.updateName(operation(operation) + " " + model);
            call.setAttribute("gen_ai.request.model", model);
        }
        call.setAttribute("http.response.status_code", status);
        if (status >= LEAST_ERROR) {
            failed(call, Integer.toString(status));
        }
    }

    static void began(Span attempt, Stage.Admitted admitted) {
        Stage.Located located = admitted.located();
        Route route = located.route();
        Upstream upstream = route.upstream();
        attempt.setAttribute("gen_ai.operation.name", operation(located.asked().operation()));
        attempt.setAttribute("gen_ai.provider.name", upstream == null ? route.engine().toLowerCase(Locale.ROOT) : upstream.name());
        attempt.setAttribute("gen_ai.request.model", route.servedModel());
        if (located.bounds().perAnswer() > 0) {
            attempt.setAttribute("gen_ai.request.max_tokens", located.bounds().perAnswer());
        }
        attempt.setAttribute("penstock.endpoint", route.endpoint().toString());
        attempt.setAttribute("penstock.attempt", admitted.ask().number());
    }

    static void ended(Span attempt, Ending how) {
        if (how.counts() instanceof Counts.Read read && how.cause() == Cause.COMPLETED) {
            attempt.setAttribute("gen_ai.usage.input_tokens", read.input() + read.cacheRead() + read.cacheWrite());
            attempt.setAttribute("gen_ai.usage.cache_read.input_tokens", read.cacheRead());
            attempt.setAttribute("gen_ai.usage.cache_creation.input_tokens", read.cacheWrite());
            attempt.setAttribute("gen_ai.usage.output_tokens", read.output());
            attempt.setAttribute("gen_ai.usage.reasoning.output_tokens", read.reasoning());
        }
        if (how.firstToken() != null) {
            attempt.setAttribute("penstock.time_to_first_token_ms", how.firstToken().toMillis());
        }
        attempt.setAttribute("http.response.status_code", how.status());
        if (how.cause() != Cause.COMPLETED) {
            failed(attempt, how.cause().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void failed(Span span, String type) {
        span.setAttribute("error.type", type);
        span.setStatus(StatusCode.ERROR);
    }
}

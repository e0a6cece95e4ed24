package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.JsonText;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.route.Route;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a caller may call, as clients list it. Asks no quota: it goes on when the budget is spent. */
final class Models {

    private final Grants grants;

    Models(Grants grants) {
        this.grants = grants;
    }

    byte[] list(Holder holder, Dialect dialect) {
        List<Route> routes = grants.models(holder);
        String rest = dialect == Dialect.OPENAI
                ? ",\"object\":\"list\"}"
                : ",\"has_more\":false,\"first_id\":" + id(routes.isEmpty() ? null : routes.getFirst()) + ",\"last_id\":" + id(routes.isEmpty() ? null : routes.getLast()) + "}";
        return routes.stream().map(route -> json(route, dialect)).collect(Collectors.joining(",", "{\"data\":[", "]" + rest)).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Refusal 404 */
    byte[] one(Holder holder, String name, Dialect dialect) {
        return grants.model(holder, name)
                .map(route -> json(route, dialect))
                .orElseThrow(() -> new Refusal(OpenAiError.noSuchModel(name)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String id(@Nullable Route route) {
        return route == null ? "null" : JsonText.quote(route.model());
    }

    private static String json(Route route, Dialect dialect) {
        if (dialect == Dialect.ANTHROPIC) {
            return "{\"type\":\"model\",\"id\":" + id(route) + ",\"display_name\":" + id(route) + ",\"created_at\":\"" + route.createdAt().truncatedTo(ChronoUnit.SECONDS) + "\"}";
        }
        return "{\"id\":" + JsonText.quote(route.model()) + ",\"object\":\"model\",\"created\":" + route.createdAt().getEpochSecond() + ",\"owned_by\":"
                + (route.shared() ? "\"platform\"" : "\"project\"") + ",\"max_model_len\":" + route.contextTokens() + "}";
    }
}

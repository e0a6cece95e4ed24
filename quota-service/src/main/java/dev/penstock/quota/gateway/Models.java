package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.JsonText;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.route.Route;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** What a caller may call, as clients list it. Asks no quota: it goes on when the budget is spent. */
final class Models {

    private final Grants grants;

    Models(Grants grants) {
        this.grants = grants;
    }

    byte[] list(Holder holder) {
        return grants.models(holder).stream()
                .map(Models::json)
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Refusal 404 */
    byte[] one(Holder holder, String name) {
        return grants.model(holder, name)
                .map(Models::json)
                .orElseThrow(() -> new Refusal(OpenAiError.noSuchModel(name)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Route route) {
        return "{\"id\":" + JsonText.quote(route.model()) + ",\"object\":\"model\",\"created\":" + route.createdAt().getEpochSecond() + ",\"owned_by\":"
                + (route.shared() ? "\"platform\"" : "\"project\"") + ",\"max_model_len\":" + route.contextTokens() + "}";
    }
}

package dev.penstock.quota.gateway;

import dev.penstock.quota.alias.Alias;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.JsonText;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Callee;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What a caller may call, models and aliases, as clients list it. Asks no quota: it goes on when the budget is spent. */
final class Models {

    private final Grants grants;

    Models(Grants grants) {
        this.grants = grants;
    }

    byte[] list(Holder holder, Dialect dialect) {
        SortedMap<String, Callee> callees = grants.callees(holder);
        String first = callees.isEmpty() ? "null" : JsonText.quote(callees.firstKey());
        String last = callees.isEmpty() ? "null" : JsonText.quote(callees.lastKey());
        String rest = dialect == Dialect.OPENAI ? ",\"object\":\"list\"}" : ",\"has_more\":false,\"first_id\":" + first + ",\"last_id\":" + last + "}";
        return callees.entrySet().stream()
                .map(entry -> json(entry.getKey(), entry.getValue(), dialect))
                .collect(Collectors.joining(",", "{\"data\":[", "]" + rest))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Refusal 404 */
    byte[] one(Holder holder, String name, Dialect dialect) {
        return grants.callee(holder, name)
                .map(callee -> json(name, callee, dialect))
                .orElseThrow(() -> new Refusal(OpenAiError.noSuchModel(name)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String name, Callee callee, Dialect dialect) {
        String id = JsonText.quote(name);
        Alias alias = callee.alias();
        Instant created = alias == null ? callee.targets().getFirst().route().createdAt() : alias.madeAt();
        if (dialect == Dialect.ANTHROPIC) {
            return "{\"type\":\"model\",\"id\":" + id + ",\"display_name\":" + id + ",\"created_at\":\"" + created.truncatedTo(ChronoUnit.SECONDS) + "\"}";
        }
        boolean platform = alias != null || callee.targets().getFirst().route().shared();
        // What is too long for one target is asked of those that hold it.
        long context = callee.targets().stream().mapToLong(target -> target.route().contextTokens()).max().orElseThrow();
        return "{\"id\":" + id + ",\"object\":\"model\",\"created\":" + created.getEpochSecond() + ",\"owned_by\":"
                + (platform ? "\"platform\"" : "\"project\"") + ",\"max_model_len\":" + context + "}";
    }
}

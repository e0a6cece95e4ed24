package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.CallBody.StreamOptions;
import dev.penstock.contract.quota.LimitField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body as it goes to the engine: the caller's, with what we must be certain of written into it. */
public final class ForwardBody {

    private ForwardBody() {}

    /**
     * @param servedModel the name the engine knows the model by
     * @param usageWithEveryChunk whether the engine can tell it, so that a stream that is left early is counted to its last chunk
     * @param limitField the one field that says how long an answer of chat completions may be; any other is taken out. Null: the one that the client used
     * @param cacheSalt what the engine's prefix cache is separated by; null: the caller's own stays. See {@link #cacheSalt}
     */
    public record Rewriting(String servedModel, TokenBounds bounds, ModelFacts facts, boolean usageWithEveryChunk, @Nullable LimitField limitField, @Nullable String cacheSalt) {}

    public static byte[] write(Operation operation, CallBody body, Rewriting rewriting) {
        Splices splices = new Splices();
        List<String> added = new ArrayList<>();
        put(body, splices, added, Field.MODEL, JsonText.quote(rewriting.servedModel()));
        if (operation.generates()) {
            if (rewriting.limitField() == null || operation != Operation.CHAT) {
                limits(operation, body, rewriting, splices, added);
            } else {
                oneLimit(body, rewriting, rewriting.limitField() == LimitField.MAX_TOKENS ? Field.MAX_TOKENS : Field.MAX_COMPLETION_TOKENS, splices, added);
            }
            if (body.stream()) {
                usage(operation, body, rewriting.usageWithEveryChunk(), splices, added);
            }
        }
        body.left().forEach(span -> splices.replace(span, ""));
        if (rewriting.cacheSalt() != null) {
            put(body, splices, added, Field.CACHE_SALT, JsonText.quote(rewriting.cacheSalt()));
        }
        if (!added.isEmpty()) {
            splices.insert(body.firstMember(), String.join(",", added) + ",");
        }
        return splices.apply(body.bytes());
    }

    /** What the caller wrote as its own salt, as it stands in the body; empty if nothing. */
    public static String cacheSalt(CallBody body) {
        Span own = body.at(Field.CACHE_SALT);
        return own == null ? "" : new String(body.bytes(), own.start(), own.end() - own.start(), StandardCharsets.UTF_8);
    }

    /** In the field that the client used; without one in {@code max_tokens}, which every engine knows, whereas the newer name is passed over by some. */
    private static void limits(Operation operation, CallBody body, Rewriting rewriting, Splices splices, List<String> added) {
        boolean none = true;
        for (Field field : operation.limits()) {
            Long asked = body.limit(field);
            if (asked != null) {
                none = false;
                put(body, splices, added, field, Long.toString(written(asked, rewriting)));
            }
        }
        if (none) {
            put(body, splices, added, Field.MAX_TOKENS, Long.toString(rewriting.bounds().perAnswer()));
        }
    }

    /** Of two that the client sent the smaller: each of them is a promise to it. */
    private static void oneLimit(CallBody body, Rewriting rewriting, Field field, Splices splices, List<String> added) {
        long limit = rewriting.bounds().perAnswer();
        for (Field each : Operation.CHAT.limits()) {
            Long asked = body.limit(each);
            limit = asked == null ? limit : Math.min(limit, written(asked, rewriting));
            Span member = body.memberAt(each);
            if (each != field && member != null) {
                splices.replace(member, "");
            }
        }
        put(body, splices, added, field, Long.toString(limit));
    }

    private static long written(long asked, Rewriting rewriting) {
        return asked <= rewriting.facts().maxOutputTokens() ? asked : rewriting.bounds().perAnswer();
    }

    private static void usage(Operation operation, CallBody body, boolean continuous, Splices splices, List<String> added) {
        if (operation == Operation.MESSAGES) {
            // They always tell it.
            return;
        }
        StreamOptions options = body.options();
        if (options == StreamOptions.NONE) {
            put(body, splices, added, Field.STREAM_OPTIONS,
                    continuous ? "{\"include_usage\":true,\"continuous_usage_stats\":true}" : "{\"include_usage\":true}");
            return;
        }
        List<String> inside = new ArrayList<>();
        option(options.includeAt(), "include_usage", splices, inside);
        if (continuous) {
            option(options.continuousAt(), "continuous_usage_stats", splices, inside);
        }
        if (!inside.isEmpty()) {
            splices.insert(options.firstMember(), String.join(",", inside) + (options.empty() ? "" : ","));
        }
    }

    private static void option(@Nullable Span at, String name, Splices splices, List<String> inside) {
        if (at == null) {
            inside.add("\"" + name + "\":true");
        } else {
            splices.replace(at, "true");
        }
    }

    private static void put(CallBody body, Splices splices, List<String> added, Field field, String value) {
        Span at = body.at(field);
        if (at == null) {
            added.add("\"" + field.text() + "\":" + value);
        } else {
            splices.replace(at, value);
        }
    }
}

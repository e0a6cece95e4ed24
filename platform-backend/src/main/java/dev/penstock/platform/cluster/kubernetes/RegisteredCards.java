package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.CardSeen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads which GPUs HAMi has registered on a node: as JSON, or as its older releases wrote them, {@code id,pods,memory,cores,type,numa,healthy:…}. What cannot be
 * read is not there: nothing is given out on it.
 */
final class RegisteredCards {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIELDS = 7;

    private RegisteredCards() {}

    static List<CardSeen> read(@Nullable String annotation) {
        if (annotation == null || annotation.isBlank()) {
            return List.of();
        }
        return annotation.startsWith("[") ? json(annotation) : Stream.of(annotation.split(":")).flatMap(card -> line(card.strip()).stream()).toList();
    }

    private static List<CardSeen> json(String annotation) {
        try {
            return JSON.readTree(annotation).valueStream().map(RegisteredCards::card).toList();
        } catch (JacksonException unreadable) {
            return List.of();
        }
    }

    private static CardSeen card(JsonNode card) {
        return new CardSeen(
                card.path("id").asString(""), card.path("count").asInt(0), card.path("devmem").asInt(0), card.path("devcore").asInt(0), card.path("health").asBoolean(false),
                card.path("mode").asString(""));
    }

    private static Optional<CardSeen> line(String card) {
        String[] fields = card.split(",");
        try {
            return fields.length < FIELDS
                    ? Optional.empty()
                    : Optional.of(new CardSeen(
                            fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[FIELDS - 1].equals("true"),
                            fields.length > FIELDS + 1 ? fields[FIELDS + 1] : ""));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}

package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON value that fits a JSON schema, with words and numbers of the question where they fit. */
final class Example {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    /** A name in the middle of a sentence: most of what tools are asked about is one. */
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L},] )\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)*");
    private static final int DEPTH = 16;

    private Example() {
    }

    static JsonNode of(JsonNode schema, String question) {
        return of(schema, schema, question, DEPTH);
    }

    private static JsonNode of(JsonNode schema, JsonNode root, String question, int depth) {
        if (depth == 0) {
            return MAKE.nullNode();
        }
        if (schema.has("const") || schema.has("default")) {
            return schema.has("const") ? schema.path("const") : schema.path("default");
        }
        if (!schema.path("enum").isEmpty()) {
            return chosen(schema.path("enum"), question);
        }
        String reference = Json.text(schema, "$ref");
        if (reference.startsWith("#/")) {
            return of(root.at(reference.substring(1)), root, question, depth - 1);
        }
        for (String several : List.of("anyOf", "oneOf", "allOf")) {
            if (!schema.path(several).isEmpty()) {
                return of(schema.path(several).path(0), root, question, depth - 1);
            }
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString("") : type.asString("")) {
            case "string" -> MAKE.stringNode(words(question));
            case "integer", "number" -> MAKE.numberNode(number(schema, question));
            case "boolean" -> MAKE.booleanNode(true);
            case "null" -> MAKE.nullNode();
            case "array" -> {
                ArrayNode array = MAKE.arrayNode();
                array.add(of(schema.path("items"), root, question, depth - 1));
                yield array;
            }
            default -> {
                ObjectNode object = MAKE.objectNode();
                schema.path("properties").properties().forEach(property ->
                        object.set(property.getKey(), of(property.getValue(), root, question, depth - 1)));
                yield object;
            }
        };
    }

    private static JsonNode chosen(JsonNode values, String question) {
        String asked = question.toLowerCase(Locale.ROOT);
        return StreamSupport.stream(values.spliterator(), false)
                .filter(value -> value.isString() && asked.contains(value.asString("").toLowerCase(Locale.ROOT)))
                .findFirst().orElse(values.path(0));
    }

    private static String words(String question) {
        Matcher name = NAME.matcher(question);
        return name.find() ? name.group() : question.strip();
    }

    private static int number(JsonNode schema, String question) {
        Matcher number = NUMBER.matcher(question);
        int wanted = number.find() ? Integer.parseInt(number.group()) : 1;
        return Math.clamp(wanted, schema.path("minimum").asInt(Integer.MIN_VALUE),
                schema.path("maximum").asInt(Integer.MAX_VALUE));
    }
}

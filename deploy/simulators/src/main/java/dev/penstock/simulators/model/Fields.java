package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the members of a request as vLLM's validation does: of a repeated member the last counts, what is not known is let
 * pass, null is as good as not there, and a whole number may be written with a fraction of zero.
 */
final class Fields {

    private final JsonNode body;

    private Fields(JsonNode body) {
        this.body = body;
    }

    static Fields parse(byte[] body) {
        try {
            JsonNode read = Json.MAPPER.readTree(body);
            if (!(read instanceof ObjectNode)) {
                throw ModelFailure.malformed("1 validation error: body: Input should be a valid dictionary");
            }
            return new Fields(read);
        } catch (JacksonException malformed) {
            throw ModelFailure.malformed("1 validation error: body: JSON decode error");
        }
    }

    static Fields of(ObjectNode body) {
        return new Fields(body);
    }

    /** All names that are there. */
    Iterable<String> names() {
        return body.propertyNames();
    }

    /** What stands there, a missing node when nothing or null does. */
    JsonNode at(String name) {
        JsonNode value = body.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String name) {
        return !at(name).isMissingNode();
    }

    JsonNode required(String name) {
        JsonNode value = at(name);
        if (value.isMissingNode()) {
            throw ModelFailure.malformed("1 validation error: " + name + ": Field required");
        }
        return value;
    }

    String text(String name, String otherwise) {
        JsonNode value = at(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid string");
        }
        return value.asString("");
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = at(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid boolean");
        }
        return value.asBoolean(otherwise);
    }

    /** A whole number of any size, brought into the range of 64 bits at its ends. */
    long whole(String name, long otherwise) {
        JsonNode value = at(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        BigDecimal number = number(name, value);
        return number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE
                : number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) < 0 ? Long.MIN_VALUE : number.longValue();
    }

    private static BigDecimal number(String name, JsonNode value) {
        try {
            if (value.isNumber() || value.isString()) {
                BigDecimal number = new BigDecimal(value.asString(""));
                if (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0) {
                    return number;
                }
            }
        } catch (NumberFormatException words) {
            // Refused below, as everything that is no whole number.
        }
        throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid integer");
    }

    /** A text, or a list of texts; empty when there is none. */
    List<String> texts(String name) {
        JsonNode value = at(name);
        if (value.isString()) {
            return List.of(value.asString(""));
        }
        List<String> texts = Json.texts(value);
        for (JsonNode one : value) {
            if (!one.isString()) {
                throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid string");
            }
        }
        return texts;
    }

    /** The members of the object of that name; none when it is not there. */
    Fields within(String name) {
        JsonNode value = at(name);
        if (!value.isMissingNode() && !value.isObject()) {
            throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid dictionary");
        }
        return new Fields(value);
    }
}

package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Somebody asked for more than a limit allows. In JSON, in paths and in logs it is the bare UUID. */
public record LimitRequestId(@JsonValue UUID value) {

    public LimitRequestId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static LimitRequestId of(String text) {
        return new LimitRequestId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

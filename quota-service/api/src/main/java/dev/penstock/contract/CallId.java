package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One HTTP request through the gateway: a UUIDv7, whose time is the time of the call and never changes. In JSON, in paths and in logs it is the bare UUID. */
public record CallId(@JsonValue UUID value) {

    public CallId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static CallId of(String text) {
        return new CallId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

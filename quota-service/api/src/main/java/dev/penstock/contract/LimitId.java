package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One limit on one node of the budget tree. In JSON, in paths and in logs it is the bare UUID. */
public record LimitId(@JsonValue UUID value) {

    public LimitId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static LimitId of(String text) {
        return new LimitId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Somebody approving in the place of another, for a time. In JSON, in paths and in logs it is the bare UUID. */
public record DelegationId(@JsonValue UUID value) {

    public DelegationId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static DelegationId of(String text) {
        return new DelegationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

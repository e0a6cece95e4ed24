package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** A part of a GPU that a team holds. In JSON, in paths and in logs it is the bare UUID. */
public record SliceId(@JsonValue UUID value) {

    public SliceId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static SliceId of(String text) {
        return new SliceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One consent to cutting GPUs anew. In JSON, in paths and in logs it is the bare UUID. */
public record RepackId(@JsonValue UUID value) {

    public RepackId {
        Objects.requireNonNull(value, "value");
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    @JsonCreator
    public static RepackId of(String text) {
        return new RepackId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

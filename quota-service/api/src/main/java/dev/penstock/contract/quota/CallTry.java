package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that is not made.
 *
 * @param key as whose it is decided, without its secret and wherever it may be used from; null: as the person's who asks
 * @param operation what is asked of the model; not {@link KeyOperation#MODELS}
 * @param body what the client would send, in JSON
 * @param headers those of the client's that decide: {@code x-penstock-*} by name, in lower case; others are passed over
 */
public record CallTry(
        @Nullable KeyId key,
        @NotNull KeyOperation operation,
        @NotNull @Size(min = 2, max = 65_536) String body,
        @NotNull @Size(max = 10) Map<@Size(max = 60) String, @NotNull @Size(max = 300) String> headers) {

    /** Without what would be said. */
    @Override
    public String toString() {
        return "CallTry[key=" + key + ", operation=" + operation + "]";
    }
}

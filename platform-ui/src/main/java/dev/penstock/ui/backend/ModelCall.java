package dev.penstock.ui.backend;

import dev.penstock.contract.ProjectId;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call of a chat model.
 *
 * @param gateway where applications are told to call, up to and including {@code /v1}
 * @param project that it is made for, and that pays
 * @param temperature null leaves it to the model
 * @param maxTokens null leaves it to the gateway
 */
public record ModelCall(
        URI gateway, ProjectId project, String model, List<Message> messages, @Nullable BigDecimal temperature, @Nullable Integer maxTokens) {

    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT;

        /** As the interface has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public record Message(Role role, String text) {}

    public ModelCall {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a call says something");
        }
    }
}

package dev.penstock.ui.routing;

import dev.penstock.contract.quota.KeyOperation;
import java.util.Arrays;
import java.util.List;

/** What a client could send, to begin with. */
final class TriedBodies {

    /** Those that ask something of a model. */
    static final List<KeyOperation> OPERATIONS = Arrays.stream(KeyOperation.values()).filter(operation -> operation != KeyOperation.MODELS).toList();

    private static final String CHAT = """
            {
              "model": "%s",
              "messages": [{"role": "user", "content": "Say hello in one sentence."}],
              "max_tokens": 200
            }""";

    private TriedBodies() {}

    static String path(KeyOperation operation) {
        return switch (operation) {
            case CHAT -> "/v1/chat/completions";
            case COMPLETIONS -> "/v1/completions";
            case EMBEDDINGS -> "/v1/embeddings";
            case RERANK -> "/v1/rerank";
            case MESSAGES -> "/v1/messages";
            case RESPONSES -> "/v1/responses";
            case COUNT_TOKENS -> "/v1/messages/count_tokens";
            case MODELS -> "/v1/models";
        };
    }

    static String example(KeyOperation operation, String model) {
        String text = switch (operation) {
            case CHAT, MESSAGES -> CHAT;
            case COUNT_TOKENS -> CHAT.replace(",\n  \"max_tokens\": 200", "");
            case COMPLETIONS -> """
                    {
                      "model": "%s",
                      "prompt": "Once upon a time",
                      "max_tokens": 200
                    }""";
            case RESPONSES -> """
                    {
                      "model": "%s",
                      "input": "Say hello in one sentence.",
                      "max_output_tokens": 200,
                      "store": false
                    }""";
            case EMBEDDINGS -> """
                    {
                      "model": "%s",
                      "input": ["a sentence", "another one"]
                    }""";
            case RERANK -> """
                    {
                      "model": "%s",
                      "query": "Which one is about rivers?",
                      "documents": ["a text on rivers", "another one"]
                    }""";
            case MODELS -> "";
        };
        return text.replace("%s", model.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}

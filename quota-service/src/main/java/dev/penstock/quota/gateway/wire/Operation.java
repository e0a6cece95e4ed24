package dev.penstock.quota.gateway.wire;

import dev.penstock.contract.ModelTask;
import java.util.List;

/** What can be asked of a model. */
public enum Operation {
    CHAT("/v1/chat/completions", ModelTask.CHAT, Dialect.OPENAI),
    COMPLETIONS("/v1/completions", ModelTask.CHAT, Dialect.OPENAI),
    EMBEDDINGS("/v1/embeddings", ModelTask.EMBEDDINGS, Dialect.OPENAI),
    RERANK("/v1/rerank", ModelTask.RERANK, Dialect.OPENAI),
    MESSAGES("/v1/messages", ModelTask.CHAT, Dialect.ANTHROPIC),
    RESPONSES("/v1/responses", ModelTask.CHAT, Dialect.RESPONSES),
    /** How long a call of Messages would be. Nothing is generated, and it costs nothing. */
    COUNT_TOKENS("/v1/messages/count_tokens", ModelTask.CHAT, Dialect.ANTHROPIC);

    private final String path;
    private final ModelTask task;
    private final Dialect dialect;

    Operation(String path, ModelTask task, Dialect dialect) {
        this.path = path;
        this.task = task;
        this.dialect = dialect;
    }

    /** Here. */
    public String path() {
        return path;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Where the prompt stands: all of these are needed. */
    List<Field> prompt() {
        return switch (atEngine()) {
            case CHAT, MESSAGES, RESPONSES, COUNT_TOKENS -> List.of(Field.MESSAGES);
            case COMPLETIONS -> List.of(Field.PROMPT);
            case EMBEDDINGS -> List.of(Field.INPUT);
            case RERANK -> List.of(Field.QUERY, Field.DOCUMENTS);
        };
    }

    /** Whether the engine knows the field in calls of this kind. Where it does not, what stands there is no prompt and passes unread. */
    boolean reads(Field field) {
        return switch (field) {
            case PROMPT, QUERY, DOCUMENTS -> prompt().contains(field);
            case MESSAGES, INPUT -> this != RERANK;
            case MODEL, STREAM, STREAM_OPTIONS, MAX_TOKENS, MAX_COMPLETION_TOKENS, N, BEST_OF, TOOLS, FUNCTIONS, CHAT_TEMPLATE, CHAT_TEMPLATE_KWARGS,
                    MM_PROCESSOR_KWARGS, CACHE_SALT, STORE, BACKGROUND, PREVIOUS_RESPONSE_ID, CONVERSATION, WEB_SEARCH_OPTIONS -> true;
        };
    }

    /** Whether one call may bring several prompts, each answered by itself. */
    boolean takesSeveralPrompts() {
        return this == COMPLETIONS || this == EMBEDDINGS || this == RERANK;
    }

    /** Whether the answer can come in events. */
    boolean streams() {
        return this != RERANK;
    }

    /** Whether tokens are produced. */
    public boolean generates() {
        return this != EMBEDDINGS && this != RERANK && this != COUNT_TOKENS;
    }

    /** What limits an answer, as the engine reads it. Another name would be passed over, and the answer longer than what is set aside. */
    List<Field> limits() {
        return this == COMPLETIONS ? List.of(Field.MAX_TOKENS) : List.of(Field.MAX_TOKENS, Field.MAX_COMPLETION_TOKENS);
    }

    /** As what the call is read, bounded and forwarded. */
    public Operation atEngine() {
        return this == MESSAGES || this == RESPONSES ? CHAT : this;
    }

    /** Where the engine takes it. */
    public String enginePath() {
        return this == COUNT_TOKENS ? "/tokenize" : atEngine().path;
    }

    /** Whether the engine is told it in other words than the client's. */
    public boolean isTranslated() {
        return this == MESSAGES || this == RESPONSES || this == COUNT_TOKENS;
    }

    /** Whether the model works for it. */
    public boolean isCharged() {
        return this != COUNT_TOKENS;
    }

    /** What the model must be for. */
    public ModelTask task() {
        return task;
    }
}

package dev.penstock.quota.gateway.wire;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.UpstreamDialect;
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
        return switch (this) {
            case CHAT, MESSAGES, RESPONSES, COUNT_TOKENS -> List.of(Field.MESSAGES);
            case COMPLETIONS -> List.of(Field.PROMPT);
            case EMBEDDINGS -> List.of(Field.INPUT);
            case RERANK -> List.of(Field.QUERY, Field.DOCUMENTS);
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
        return this == COMPLETIONS || this == MESSAGES ? List.of(Field.MAX_TOKENS) : List.of(Field.MAX_TOKENS, Field.MAX_COMPLETION_TOKENS);
    }

    /** As what the call is read, bounded and forwarded by who speaks OpenAI's dialect. */
    public Operation atEngine() {
        return this == MESSAGES || this == RESPONSES ? CHAT : this;
    }

    /** Where a server of that dialect takes it. */
    public String pathAt(UpstreamDialect server) {
        return this == COUNT_TOKENS && server == UpstreamDialect.OPENAI ? "/tokenize" : path;
    }

    /** Whether it can be said in Messages: what is no conversation cannot. */
    public boolean isConversation() {
        return this == CHAT || this == MESSAGES || this == RESPONSES || this == COUNT_TOKENS;
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

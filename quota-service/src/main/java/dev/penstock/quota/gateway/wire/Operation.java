package dev.penstock.quota.gateway.wire;

import dev.penstock.contract.ModelTask;

/** What can be asked of a model. */
public enum Operation {
    CHAT("/v1/chat/completions", ModelTask.CHAT, Dialect.OPENAI),
    EMBEDDINGS("/v1/embeddings", ModelTask.EMBEDDINGS, Dialect.OPENAI),
    MESSAGES("/v1/messages", ModelTask.CHAT, Dialect.ANTHROPIC);

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

    /** What is asked of the engine for it. */
    public Operation atEngine() {
        return this == MESSAGES ? CHAT : this;
    }

    /** What the model must be for. */
    public ModelTask task() {
        return task;
    }
}

package dev.penstock.quota.gateway.wire;

import dev.penstock.contract.ModelTask;

/** What can be asked of a model. */
public enum Operation {
    CHAT("/v1/chat/completions", ModelTask.CHAT),
    EMBEDDINGS("/v1/embeddings", ModelTask.EMBEDDINGS);

    private final String path;
    private final ModelTask task;

    Operation(String path, ModelTask task) {
        this.path = path;
        this.task = task;
    }

    /** The same here and at the engine. */
    public String path() {
        return path;
    }

    /** What the model must be for. */
    public ModelTask task() {
        return task;
    }
}

package dev.penstock.contract;

/** What a model is for, and so which of the gateway's operations it answers. */
public enum ModelTask {
    CHAT,
    EMBEDDINGS,
    /** Putting documents into the order in which they answer a question. */
    RERANK
}

package dev.penstock.simulators.model;

/** What a model is for. */
public enum ModelTask {
    GENERATE, EMBED, RERANK
}

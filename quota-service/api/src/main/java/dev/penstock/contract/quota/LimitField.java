package dev.penstock.contract.quota;

/** In which field of chat completions a model is told how long its answer may be. What a server does not know it passes over or refuses. */
public enum LimitField {
    MAX_TOKENS,
    /** What OpenAI's newer models demand. */
    MAX_COMPLETION_TOKENS
}

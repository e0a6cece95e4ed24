package dev.penstock.contract.quota;

/** How an upstream is spoken to. */
public enum UpstreamDialect {
    /** Chat completions and what else OpenAI's interface has; the key as a bearer. */
    OPENAI,
    /** Anthropic's Messages; the key as {@code x-api-key}. */
    ANTHROPIC
}

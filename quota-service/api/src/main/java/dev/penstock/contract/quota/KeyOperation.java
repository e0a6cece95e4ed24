package dev.penstock.contract.quota;

import java.util.Locale;

/** What a key can be made for. */
public enum KeyOperation {
    CHAT,
    COMPLETIONS,
    EMBEDDINGS,
    RERANK,
    MESSAGES,
    RESPONSES,
    /** Asking how long a call of Messages would be. */
    COUNT_TOKENS,
    /** Listing what it may call. */
    MODELS;

    /** How it is kept and shown: stable. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

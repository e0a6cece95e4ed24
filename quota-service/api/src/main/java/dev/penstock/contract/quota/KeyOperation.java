package dev.penstock.contract.quota;

import java.util.Locale;

/** What a key can be made for. */
public enum KeyOperation {
    CHAT,
    COMPLETIONS,
    EMBEDDINGS,
    MESSAGES,
    RESPONSES,
    /** Listing what it may call. */
    MODELS;

    /** How it is kept and shown: stable. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

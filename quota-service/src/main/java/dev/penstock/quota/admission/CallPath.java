package dev.penstock.quota.admission;

/** What of the gateway's surface an attempt came by. */
public enum CallPath {
    CHAT_COMPLETIONS(1),
    EMBEDDINGS(2),
    MESSAGES(3),
    COMPLETIONS(4),
    RESPONSES(5),
    COUNT_TOKENS(6),
    RERANK(7);

    private final int code;

    CallPath(int code) {
        this.code = code;
    }

    /** As it stands in the database; never given to another. */
    public int code() {
        return code;
    }
}

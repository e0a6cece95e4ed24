package dev.penstock.quota.gateway.wire;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Top-level fields of a call's body that mean something to us. All others pass unread. */
enum Field {
    MODEL("model"),
    STREAM("stream"),
    STREAM_OPTIONS("stream_options"),
    MAX_TOKENS("max_tokens"),
    MAX_COMPLETION_TOKENS("max_completion_tokens"),
    N("n"),
    BEST_OF("best_of"),
    MESSAGES("messages"),
    TOOLS("tools"),
    FUNCTIONS("functions"),
    INPUT("input"),
    PROMPT("prompt"),
    QUERY("query"),
    DOCUMENTS("documents"),
    CHAT_TEMPLATE("chat_template"),
    CHAT_TEMPLATE_KWARGS("chat_template_kwargs"),
    MM_PROCESSOR_KWARGS("mm_processor_kwargs"),
    CACHE_SALT("cache_salt"),
    STORE("store"),
    BACKGROUND("background"),
    PREVIOUS_RESPONSE_ID("previous_response_id"),
    CONVERSATION("conversation"),
    WEB_SEARCH_OPTIONS("web_search_options"),
    CONTAINER("container"),
    MCP_SERVERS("mcp_servers");

    /** Of Messages; {@code n} and {@code best_of} are none of it, and still not to be answered by anybody. */
    private static final Set<Field> OF_MESSAGES = EnumSet.of(MODEL, STREAM, MAX_TOKENS, N, BEST_OF, MESSAGES, TOOLS, STORE, BACKGROUND, CONTAINER, MCP_SERVERS);

    private static final Field[] ALL = values();

    private final String text;
    private final byte[] bytes;

    Field(String text) {
        this.text = text;
        this.bytes = JsonText.ascii(text);
    }

    String text() {
        return text;
    }

    /** @return null for a field that is none of these, or means nothing in such a call */
    static @Nullable Field at(JsonCursor cursor, Operation operation) {
        for (Field field : ALL) {
            if (cursor.keyIs(field.bytes)) {
                return field.isOf(operation) ? field : null;
            }
        }
        return null;
    }

    private boolean isOf(Operation operation) {
        return switch (this) {
            case PROMPT, QUERY, DOCUMENTS -> operation.prompt().contains(this);
            case INPUT -> operation != Operation.MESSAGES && operation != Operation.RERANK;
            case CONTAINER, MCP_SERVERS -> operation == Operation.MESSAGES;
            case MESSAGES -> operation != Operation.RERANK;
            default -> operation != Operation.MESSAGES || OF_MESSAGES.contains(this);
        };
    }
}

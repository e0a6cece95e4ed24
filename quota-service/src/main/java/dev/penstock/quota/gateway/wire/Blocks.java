package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.List;

/** Looks into messages and tools of Messages for what their bytes do not bound. Whatever is not known to be plain counts as if it were not. */
final class Blocks {

    /** Who runs a tool, and who describes it. */
    enum Tool {
        /** The client, as it says itself. */
        OF_THE_CLIENT,
        /** The client; the server adds a description of its own. */
        THEIRS,
        RUN_BY_THE_SERVER
    }

    private static final byte[] CONTENT = JsonText.ascii("content");
    private static final byte[] TYPE = JsonText.ascii("type");

    /** Members of texts, calls of tools and their answers. Pictures, documents and what was thought have others. */
    private static final List<byte[]> PLAIN =
            List.of(TYPE, JsonText.ascii("text"), JsonText.ascii("id"), JsonText.ascii("name"), JsonText.ascii("input"), JsonText.ascii("tool_use_id"),
                    JsonText.ascii("is_error"), JsonText.ascii("cache_control"));

    /** Described by Anthropic and run by the client; a date follows. */
    private static final List<String> DESCRIBED_BY_THEM = List.of("bash_", "text_editor_", "computer_", "memory_");

    private Blocks() {}

    /** Takes a message. @return whether all it says is text */
    static boolean areText(JsonCursor cursor) {
        boolean text = true;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (cursor.keyIs(CONTENT)) {
                text &= content(cursor);
            } else {
                cursor.skip();
            }
        }
        return text;
    }

    private static boolean content(JsonCursor cursor) {
        Kind kind = cursor.next();
        if (kind != Kind.ARRAY) {
            cursor.skip();
            return kind != Kind.OBJECT;
        }
        boolean text = true;
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            if (cursor.next() == Kind.OBJECT) {
                text &= block(cursor);
            } else {
                cursor.skip();
            }
        }
        return text;
    }

    /** Its members say what it is: what a server makes of a type that does not fit them is not known. */
    private static boolean block(JsonCursor cursor) {
        boolean text = true;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (cursor.keyIs(CONTENT)) {
                text &= content(cursor);
            } else {
                text &= PLAIN.stream().anyMatch(cursor::keyIs);
                cursor.skip();
            }
        }
        return text;
    }

    /** Takes a tool. */
    static Tool tool(JsonCursor cursor) {
        Tool tool = Tool.OF_THE_CLIENT;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            boolean type = cursor.keyIs(TYPE);
            Kind kind = cursor.next();
            if (type && kind == Kind.STRING) {
                Tool said = tool(cursor.decode(cursor.string()));
                tool = said.compareTo(tool) > 0 ? said : tool;
            } else {
                cursor.skip();
            }
        }
        return tool;
    }

    private static Tool tool(String type) {
        if (type.equals("custom")) {
            return Tool.OF_THE_CLIENT;
        }
        return DESCRIBED_BY_THEM.stream().anyMatch(type::startsWith) ? Tool.THEIRS : Tool.RUN_BY_THE_SERVER;
    }
}

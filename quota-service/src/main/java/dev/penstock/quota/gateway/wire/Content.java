package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;

/** Looks into messages and tools for what their bytes do not bound. Whatever is not known to be plain counts as if it were not. */
final class Content {

    private static final byte[] CONTENT = JsonText.ascii("content");
    private static final byte[] TYPE = JsonText.ascii("type");
    private static final byte[] TEXT = JsonText.ascii("text");
    private static final byte[] REFUSAL = JsonText.ascii("refusal");
    private static final byte[] CACHE_CONTROL = JsonText.ascii("cache_control");
    private static final byte[] AUDIO = JsonText.ascii("audio");

    private Content() {}

    /** Takes a message. @return whether all it says is text; engines infer a part's kind from its fields too, so that its type proves nothing */
    static boolean isText(JsonCursor cursor) {
        boolean text = true;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            boolean content = cursor.keyIs(CONTENT);
            boolean audio = cursor.keyIs(AUDIO);
            Kind kind = cursor.next();
            if (content && kind == Kind.ARRAY) {
                text &= partsAreText(cursor);
            } else {
                text &= !(content && kind == Kind.OBJECT) && !(audio && kind != Kind.NULL);
                cursor.skip();
            }
        }
        return text;
    }

    private static boolean partsAreText(JsonCursor cursor) {
        boolean text = true;
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            if (cursor.next() == Kind.OBJECT) {
                text &= partIsText(cursor);
            } else {
                cursor.skip();
            }
        }
        return text;
    }

    private static boolean partIsText(JsonCursor cursor) {
        boolean text = true;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            text &= cursor.keyIs(TYPE) || cursor.keyIs(TEXT) || cursor.keyIs(REFUSAL) || cursor.keyIs(CACHE_CONTROL);
            cursor.skip();
        }
        return text;
    }

    /** Takes a tool. @return whether it is one that the client runs */
    static boolean isFunction(JsonCursor cursor) {
        boolean function = true;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            boolean type = cursor.keyIs(TYPE);
            if (type && cursor.next() == Kind.STRING) {
                function &= cursor.decode(cursor.string()).equals("function");
            } else {
                cursor.skip();
            }
        }
        return function;
    }
}

package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;

/** What is to be ranked: texts, as strings or as objects that hold nothing but one. Of pictures and the like their bytes would not say how much they are. */
final class Documents {

    private static final byte[] TEXT = JsonText.ascii("text");
    private static final String NAME = Field.DOCUMENTS.text();

    private Documents() {}

    /**
     * Takes the list.
     *
     * @return how many there are, one or more
     * @throws Refusal 400
     */
    static int count(JsonCursor cursor, Kind kind, int most) {
        if (kind != Kind.ARRAY) {
            throw invalid("`documents` must be a list.");
        }
        int documents = 0;
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            document(cursor);
            documents++;
            if (documents > most) {
                throw invalid("`documents` may be " + most + " at most.");
            }
        }
        if (documents == 0) {
            throw invalid("`documents` is empty.");
        }
        return documents;
    }

    private static void document(JsonCursor cursor) {
        Kind kind = cursor.next();
        if (kind == Kind.OBJECT) {
            object(cursor);
        } else if (kind == Kind.STRING) {
            cursor.skip();
        } else {
            throw notText();
        }
    }

    private static void object(JsonCursor cursor) {
        int texts = 0;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (!cursor.keyIs(TEXT) || cursor.next() != Kind.STRING) {
                throw notText();
            }
            cursor.skip();
            texts++;
        }
        if (texts != 1) {
            throw notText();
        }
    }

    private static Refusal notText() {
        return invalid("Each of `documents` must be a string, or an object with one `text` and nothing else.");
    }

    private static Refusal invalid(String message) {
        return new Refusal(OpenAiError.invalid(NAME, message));
    }
}

package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.List;

/**
 * What is to be ranked: texts, as strings or as objects that hold nothing but one. Of pictures and the like their bytes would not say how much they are.
 * Engines know strings alone, so what stands around a text in an object does not go there.
 */
final class Documents {

    private static final byte[] TEXT = JsonText.ascii("text");
    private static final String NAME = Field.DOCUMENTS.text();

    private Documents() {}

    /**
     * Takes the list.
     *
     * @param around to which is added what stands before and behind the text of each object
     * @return how many documents there are, one or more
     * @throws Refusal 400
     */
    static int read(JsonCursor cursor, Kind kind, int most, List<Span> around) {
        if (kind != Kind.ARRAY) {
            throw invalid("`documents` must be a list.");
        }
        int documents = 0;
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            document(cursor, around);
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

    private static void document(JsonCursor cursor, List<Span> around) {
        Kind kind = cursor.next();
        if (kind == Kind.OBJECT) {
            object(cursor, around);
        } else if (kind == Kind.STRING) {
            cursor.skip();
        } else {
            throw notText();
        }
    }

    private static void object(JsonCursor cursor, List<Span> around) {
        int start = cursor.position();
        int texts = 0;
        int end = start;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (!cursor.keyIs(TEXT) || cursor.next() != Kind.STRING) {
                throw notText();
            }
            around.add(new Span(start, cursor.position()));
            cursor.skip();
            end = cursor.position();
            texts++;
        }
        if (texts != 1) {
            throw notText();
        }
        around.add(new Span(end, cursor.position()));
    }

    private static Refusal notText() {
        return invalid("Each of `documents` must be a string, or an object with one `text` and nothing else.");
    }

    private static Refusal invalid(String message) {
        return new Refusal(OpenAiError.invalid(NAME, message));
    }
}

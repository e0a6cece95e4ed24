package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one JSON object of a model's server: a whole answer, or one chunk of a stream.
 *
 * @param usage null: it tells none
 * @param usageAt every member {@code usage} with a comma of its, so that the rest is an object without it
 * @param choices whether there is a member {@code choices} with anything in it
 * @param error whether it is an error instead of an answer
 * @param said bytes of the strings in {@code choices}: nobody was told more than so many bytes by it
 */
public record Answer(@Nullable Usage usage, List<Span> usageAt, boolean choices, boolean error, long said) {

    private static final byte[] CONTENT = JsonText.ascii("content");
    private static final byte[] USAGE = JsonText.ascii("usage");
    private static final byte[] CHOICES = JsonText.ascii("choices");
    private static final byte[] ERROR = JsonText.ascii("error");

    /**
     * A whole answer.
     *
     * @throws MalformedJson if the bytes are no JSON object
     */
    public static Answer read(Operation operation, byte[] bytes) {
        return read(operation, bytes, 0, bytes.length);
    }

    /**
     * A whole answer of Messages; its choices are its content.
     *
     * @throws MalformedJson if the bytes are no JSON object
     */
    public static Answer ofMessage(byte[] bytes) {
        JsonCursor cursor = new JsonCursor(bytes);
        Usage usage = null;
        boolean content = false;
        boolean error = false;
        long said = 0;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (cursor.keyIs(USAGE)) {
                usage = MessageUsage.read(cursor).complete();
            } else if (cursor.keyIs(CONTENT)) {
                content = true;
                said += cursor.skip();
            } else {
                error |= cursor.keyIs(ERROR) && cursor.next() != Kind.NULL;
                cursor.skip();
            }
        }
        cursor.finish();
        return new Answer(usage, List.of(), content, error, said);
    }

    /** A chunk of a stream. */
    static Answer read(byte[] bytes, int start, int end) {
        return read(Operation.CHAT, bytes, start, end);
    }

    private static Answer read(Operation operation, byte[] bytes, int start, int end) {
        JsonCursor cursor = new JsonCursor(bytes, start, end);
        Gathered gathered = new Gathered(operation);
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            gathered.member(cursor);
        }
        cursor.finish();
        return gathered.answer();
    }

    private static final class Gathered {
        private final Operation operation;
        private @Nullable Usage usage;
        private final List<Span> usageAt = new ArrayList<>();
        private boolean choices;
        private boolean error;
        private long said;
        private boolean keptBefore;
        /** A removed member at the beginning takes the comma behind it along, up to the next member; -1: there is none. */
        private int removedFrom = -1;
        private int removedTo;

        Gathered(Operation operation) {
            this.operation = operation;
        }

        void member(JsonCursor cursor) {
            int begin = cursor.keyAt();
            int comma = cursor.commaAt();
            if (removedFrom >= 0) {
                usageAt.add(new Span(removedFrom, begin));
                removedFrom = -1;
            }
            if (!cursor.keyIs(USAGE)) {
                keptBefore = true;
                kept(cursor);
                return;
            }
            Usage told = operation == Operation.RERANK ? Usage.ofRanking(cursor) : Usage.read(cursor);
            usage = told == null ? usage : told;
            if (keptBefore) {
                usageAt.add(new Span(comma, cursor.position()));
            } else {
                removedFrom = begin;
                removedTo = cursor.position();
            }
        }

        private void kept(JsonCursor cursor) {
            boolean isChoices = cursor.keyIs(CHOICES);
            boolean isError = cursor.keyIs(ERROR);
            Kind kind = cursor.next();
            int start = cursor.position();
            long strings = cursor.skip();
            if (isChoices) {
                // "[]" may hold white space, but nothing that is longer than its brackets is worth telling apart from choices here.
                choices = kind == Kind.ARRAY && cursor.position() - start > 2;
                said += strings;
            }
            error |= isError && kind != Kind.NULL;
        }

        Answer answer() {
            if (removedFrom >= 0) {
                usageAt.add(new Span(removedFrom, removedTo));
            }
            return new Answer(usage, List.copyOf(usageAt), choices, error, said);
        }
    }
}

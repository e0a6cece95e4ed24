package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a server of Messages says it counted, as far as it has: a stream tells of its prompt first and of its answer last, each time all of it so far. What was
 * read from a cache, and what was written to one, is not in {@code input}.
 *
 * @param input null: it has not said, as for the others
 */
record MessageUsage(@Nullable Long input, @Nullable Long cacheRead, @Nullable Long cacheWrite, @Nullable Long output) {

    static final MessageUsage NONE = new MessageUsage(null, null, null, null);

    private static final byte[] INPUT = JsonText.ascii("input_tokens");
    private static final byte[] OUTPUT = JsonText.ascii("output_tokens");
    private static final byte[] READ = JsonText.ascii("cache_read_input_tokens");
    private static final byte[] WRITTEN = JsonText.ascii("cache_creation_input_tokens");

    /** Takes the value of a member {@code usage}. */
    static MessageUsage read(JsonCursor cursor) {
        if (cursor.next() != Kind.OBJECT) {
            cursor.skip();
            return NONE;
        }
        Long input = null;
        Long read = null;
        Long written = null;
        Long output = null;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (cursor.keyIs(INPUT)) {
                input = told(cursor);
            } else if (cursor.keyIs(OUTPUT)) {
                output = told(cursor);
            } else if (cursor.keyIs(READ)) {
                read = told(cursor);
            } else if (cursor.keyIs(WRITTEN)) {
                written = told(cursor);
            } else {
                cursor.skip();
            }
        }
        return new MessageUsage(input, read, written, output);
    }

    /** What is said later outranks what was said before. */
    MessageUsage then(MessageUsage later) {
        return new MessageUsage(
                later.input == null ? input : later.input, later.cacheRead == null ? cacheRead : later.cacheRead,
                later.cacheWrite == null ? cacheWrite : later.cacheWrite, later.output == null ? output : later.output);
    }

    /** Null: it does not say of prompt and answer. A cache of which it says nothing gave nothing. */
    @Nullable Usage complete() {
        return input == null || output == null ? null : new Usage(input, cacheRead == null ? 0 : cacheRead, cacheWrite == null ? 0 : cacheWrite, output);
    }

    /** Null: it does not say of the prompt. */
    @Nullable Usage begun() {
        return new MessageUsage(input, cacheRead, cacheWrite, 0L).complete();
    }

    private static @Nullable Long told(JsonCursor cursor) {
        if (cursor.next() == Kind.NULL) {
            cursor.skip();
            return null;
        }
        return Usage.count(cursor);
    }
}

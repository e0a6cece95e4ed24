package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a model's server says it counted. As it says it: also what cannot be, such as a negative number, because whoever settles it must know.
 * The meters do not overlap: what was read from the cache is not in {@code input}.
 */
public record Usage(long input, long cacheRead, long cacheWrite, long output) {

    /** Stands for a number that is none, such as a fraction: no count can be it. */
    static final long IMPOSSIBLE = -1;

    private static final byte[] PROMPT = JsonText.ascii("prompt_tokens");
    private static final byte[] TOTAL = JsonText.ascii("total_tokens");
    private static final byte[] COMPLETION = JsonText.ascii("completion_tokens");
    private static final byte[] PROMPT_DETAILS = JsonText.ascii("prompt_tokens_details");
    private static final byte[] CACHED = JsonText.ascii("cached_tokens");

    /** Takes the value of a member {@code usage}. @return null if it tells nothing */
    static @Nullable Usage read(JsonCursor cursor) {
        if (cursor.next() != Kind.OBJECT) {
            cursor.skip();
            return null;
        }
        Told told = Told.of(cursor);
        return told.prompt() == null ? null : new Usage(less(told.prompt(), told.cached()), told.cached(), 0, told.completion());
    }

    /**
     * Takes the value of a member {@code usage} of a ranking. Nothing is written there, so the total is input; engines tell it alone, or an equal
     * count of the prompt beside it.
     *
     * @return null if it tells nothing
     */
    static @Nullable Usage ofRanking(JsonCursor cursor) {
        if (cursor.next() != Kind.OBJECT) {
            cursor.skip();
            return null;
        }
        Told told = Told.of(cursor);
        Long read = told.total() == null ? told.prompt() : told.total();
        return read == null ? null : new Usage(less(read, told.cached()), told.cached(), 0, 0);
    }

    /** @param cached of the prompt */
    private record Told(@Nullable Long prompt, @Nullable Long total, long completion, long cached) {

        static Told of(JsonCursor cursor) {
            Long prompt = null;
            Long total = null;
            long completion = 0;
            long cached = 0;
            for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
                if (cursor.keyIs(PROMPT)) {
                    prompt = count(cursor);
                } else if (cursor.keyIs(TOTAL) && cursor.next() != Kind.NULL) {
                    total = count(cursor);
                } else if (cursor.keyIs(COMPLETION)) {
                    completion = count(cursor);
                } else if (cursor.keyIs(PROMPT_DETAILS)) {
                    cached = Usage.cached(cursor);
                } else {
                    cursor.skip();
                }
            }
            return new Told(prompt, total, completion, cached);
        }
    }

    private static long cached(JsonCursor cursor) {
        long cached = 0;
        if (cursor.next() != Kind.OBJECT) {
            cursor.skip();
            return cached;
        }
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (cursor.keyIs(CACHED) && cursor.next() != Kind.NULL) {
                cached = count(cursor);
            } else {
                cursor.skip();
            }
        }
        return cached;
    }

    static long count(JsonCursor cursor) {
        if (cursor.next() != Kind.NUMBER) {
            boolean nothing = cursor.next() == Kind.NULL;
            cursor.skip();
            return nothing ? 0 : IMPOSSIBLE;
        }
        return cursor.wholeNumber().orElse(IMPOSSIBLE);
    }

    /** What is cached beyond the prompt, or is negative, must not cancel out: the result stays impossible. */
    private static long less(long prompt, long cached) {
        return cached < 0 || prompt < cached ? IMPOSSIBLE : prompt - cached;
    }
}

package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a model's server says it counted. As it says it: also what cannot be, such as a negative number, because whoever settles it must know.
 * The meters do not overlap: what was read from the cache is not in {@code input}.
 *
 * @param reasoning tokens of {@code output} that were thought and are not part of the answer; 0 where it does not tell
 */
public record Usage(long input, long cacheRead, long cacheWrite, long output, long reasoning) {

    /** Stands for a number that is none, such as a fraction: no count can be it. */
    static final long IMPOSSIBLE = -1;

    private static final byte[] PROMPT = JsonText.ascii("prompt_tokens");
    private static final byte[] TOTAL = JsonText.ascii("total_tokens");
    private static final byte[] COMPLETION = JsonText.ascii("completion_tokens");
    private static final byte[] PROMPT_DETAILS = JsonText.ascii("prompt_tokens_details");
    private static final byte[] CACHED = JsonText.ascii("cached_tokens");
    private static final byte[] COMPLETION_DETAILS = JsonText.ascii("completion_tokens_details");
    private static final byte[] REASONING = JsonText.ascii("reasoning_tokens");

    Usage(long input, long cacheRead, long cacheWrite, long output) {
        this(input, cacheRead, cacheWrite, output, 0);
    }

    /** Takes the value of a member {@code usage}. @return null if it tells nothing */
    static @Nullable Usage read(JsonCursor cursor) {
        if (cursor.next() != Kind.OBJECT) {
            cursor.skip();
            return null;
        }
        Told told = Told.of(cursor);
        return told.prompt() == null ? null : new Usage(less(told.prompt(), told.cached()), told.cached(), 0, told.completion(), told.reasoning());
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

    /**
     * @param cached of the prompt
     * @param reasoning of the completion
     */
    private record Told(@Nullable Long prompt, @Nullable Long total, long completion, long cached, long reasoning) {

        static Told of(JsonCursor cursor) {
            Long prompt = null;
            Long total = null;
            long completion = 0;
            long cached = 0;
            long reasoning = 0;
            for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
                if (cursor.keyIs(PROMPT)) {
                    prompt = count(cursor);
                } else if (cursor.keyIs(TOTAL) && cursor.next() != Kind.NULL) {
                    total = count(cursor);
                } else if (cursor.keyIs(COMPLETION)) {
                    completion = count(cursor);
                } else if (cursor.keyIs(PROMPT_DETAILS)) {
                    cached = detail(cursor, CACHED);
                } else if (cursor.keyIs(COMPLETION_DETAILS)) {
                    reasoning = Math.max(reasoning, detail(cursor, REASONING));
                } else if (cursor.keyIs(REASONING) && cursor.next() != Kind.NULL) {
                    // As SGLang tells it.
                    reasoning = Math.max(reasoning, count(cursor));
                } else {
                    cursor.skip();
                }
            }
            return new Told(prompt, total, completion, cached, reasoning);
        }
    }

    /** One count of an object of counts; 0 where it is not there. */
    private static long detail(JsonCursor cursor, byte[] name) {
        long told = 0;
        if (cursor.next() != Kind.OBJECT) {
            cursor.skip();
            return told;
        }
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            if (cursor.keyIs(name) && cursor.next() != Kind.NULL) {
                told = count(cursor);
            } else {
                cursor.skip();
            }
        }
        return told;
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

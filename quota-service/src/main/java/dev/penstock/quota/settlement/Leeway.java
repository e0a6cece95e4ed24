package dev.penstock.quota.settlement;

import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.rating.Tokens;

/**
 * By how much an engine's own count of an attempt may differ from what was booked of it. Pure.
 *
 * <pre>
 * answered to the end, and told            nothing
 * cut off, failed, and told until then     more, up to the bound: what it produced and nobody read
 * not told, or what cannot be              less as well: it was estimated
 * never forwarded                          nothing
 * several answers to one prompt            the prompt once more for each further one
 * </pre>
 *
 * @param repeats counted again, and not worked for
 */
record Leeway(long repeats, long inputLess, long inputMore, long outputLess, long outputMore) {

    static final Leeway NONE = new Leeway(0, 0, 0, 0, 0);

    static Leeway of(Settled settled) {
        if (settled.settlement().cause() == Cause.NOT_FORWARDED) {
            return NONE;
        }
        Intent open = settled.intent();
        Tokens paid = settled.charge().paid();
        Tokens lost = settled.charge().lost();
        long input = paid.in() + lost.in();
        long output = paid.output() + lost.output();
        boolean told = settled.settlement().counts() instanceof Counts.Read && settled.charge().impossible() == null;
        boolean ended = settled.settlement().cause() == Cause.COMPLETED;
        long repeats = (open.answers() - 1) * (told && ended ? input : open.input());
        return told && ended
                ? new Leeway(repeats, 0, 0, 0, 0)
                : new Leeway(repeats, told ? 0 : input, beyond(open.input(), input), told ? 0 : output, beyond(open.output(), output));
    }

    private static long beyond(long bound, long booked) {
        return Math.max(0, bound - booked);
    }
}

package dev.penstock.quota.usage;

/**
 * How fast streamed answers came: sums, from which readers make means. Pure.
 *
 * @param streamed attempts of which the time to the first token is known
 * @param firstTokenMs those times added up
 * @param written tokens that came after the first ones, as the engine counted them: a bound says nothing of speed
 * @param writingMs the time in which they came
 */
record Speed(long streamed, long firstTokenMs, long written, long writingMs) {

    private static final Speed UNKNOWN = new Speed(0, 0, 0, 0);

    static Speed of(UsageRow row) {
        Integer first = row.firstTokenMs();
        if (first == null) {
            return UNKNOWN;
        }
        boolean counted = !row.estimated() && row.tokens().output() > 1;
        return new Speed(1, first, counted ? row.tokens().output() - 1 : 0, counted ? Math.max(0, row.durationMs() - first) : 0);
    }

    Speed plus(Speed other) {
        return new Speed(
                Math.addExact(streamed, other.streamed), Math.addExact(firstTokenMs, other.firstTokenMs), Math.addExact(written, other.written),
                Math.addExact(writingMs, other.writingMs));
    }
}

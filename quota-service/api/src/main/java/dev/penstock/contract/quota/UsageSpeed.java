package dev.penstock.contract.quota;

/**
 * How fast streamed answers came, as sums: divide for means. Of what was booked before these were kept, nothing is known.
 *
 * @param streamed answers of which the time to the first token is known
 * @param firstTokenMs those times added up
 * @param written tokens after the first ones of them, where the engine counted them
 * @param writingMs the time in which they came
 */
public record UsageSpeed(long streamed, long firstTokenMs, long written, long writingMs) {

    public static final UsageSpeed UNKNOWN = new UsageSpeed(0, 0, 0, 0);

    public UsageSpeed plus(UsageSpeed other) {
        return new UsageSpeed(
                Math.addExact(streamed, other.streamed), Math.addExact(firstTokenMs, other.firstTokenMs), Math.addExact(written, other.written),
                Math.addExact(writingMs, other.writingMs));
    }
}

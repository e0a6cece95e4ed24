package dev.penstock.bench.load;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came of a run. Times are nanoseconds.
 *
 * @param answered      calls answered with 200, to the end
 * @param statuses      calls answered to the end, by status
 * @param broken        calls whose connection failed or whose answer was cut off or not HTTP
 * @param unanswered    calls that were due and had not been answered when {@link Generator#PATIENCE} ended; they are in no histogram, so
 *                      that with any of them the high percentiles are lower bounds
 * @param chunks        chunks with content that came
 * @param chunksLost    chunks that should have come in streams that began with 200 and did not, by their running numbers
 * @param chunksDoubled chunks that came though they, or later ones, had come before
 * @param latency       of the answered: from the instant at which the call was due to the last byte
 * @param refusals      the same of those answered with any other status
 * @param firstByte     of the answered: from the instant at which the call was due to the first byte of the body
 * @param late          of all calls that began: from the instant at which the call was due to its beginning. It waits for a connection
 *                      that the subject holds, or for this generator: where late calls are many though connections were free, the
 *                      load was more than it can make
 * @param took          from the first call's beginning to the last one's end
 */
public record Outcome(
        long answered, Map<Integer, Long> statuses, long broken, long unanswered, long chunks, long chunksLost, long chunksDoubled,
        Histogram latency, Histogram refusals, Histogram firstByte, Histogram late, Duration took) {

    /** Answered calls a second. */
    public double callsPerSecond() {
        return answered / (took.toNanos() / 1e9);
    }
}

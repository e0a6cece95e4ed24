package dev.penstock.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what comes of calls. */
final class Tally {

    private static final int OK = 200;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final boolean streams;
    private final Histogram latency = new Histogram(LONGEST, DIGITS);
    private final Histogram refusals = new Histogram(LONGEST, DIGITS);
    private final Histogram firstByte = new Histogram(LONGEST, DIGITS);
    private final Histogram late = new Histogram(LONGEST, DIGITS);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long answered;
    private long broken;
    private long chunks;
    private long lost;
    private long doubled;
    private long lastEnd;

    Tally(boolean streams) {
        this.streams = streams;
    }

    /** A call that was due then begins now. */
    void begun(long due, long now) {
        late.recordValue(bounded(now - due));
    }

    /** An answer has come to its end. */
    void ended(ClientConnection call, long now) {
        lastEnd = now;
        boolean good = call.status() == OK;
        if (streams && good) {
            count(call.numbers(), call.numbers().lostAtEnd());
            if (call.numbers().came() == 0) {
                broken++;
                return;
            }
        }
        if (good) {
            answered++;
            firstByte.recordValue(bounded(call.firstByte() - call.due()));
        } else {
            statuses.merge(call.status(), 1L, Long::sum);
        }
        (good ? latency : refusals).recordValue(bounded(now - call.due()));
    }

    /** A call's connection has failed, or its answer cannot be read. */
    void broke(ClientConnection call, long now) {
        lastEnd = now;
        broken++;
        count(call.numbers(), call.numbers().lostAtEnd());
    }

    /** Nobody waits for this call any more; what was still to come of it is not lost. */
    void unanswered(ClientConnection call) {
        count(call.numbers(), call.numbers().lost());
    }

    private void count(RunningNumbers numbers, long missing) {
        chunks += numbers.came();
        doubled += numbers.doubled();
        lost += missing;
    }

    private static long bounded(long nanos) {
        return Math.min(nanos, LONGEST);
    }

    Outcome outcome(long unanswered) {
        if (answered > 0) {
            statuses.put(OK, answered);
        }
        return new Outcome(answered, Map.copyOf(statuses), broken, unanswered, chunks, lost, doubled, latency, refusals, firstByte, late, Duration.ofNanos(lastEnd));
    }
}

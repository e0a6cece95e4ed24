package dev.penstock.quota.gateway.balance;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How a target does, as this replica saw it.
 *
 * <pre>
 * IN     takes calls; three failures in a row, or being far slower than the others, put it out
 * OUT    takes none for a while: 2 s, and twice as long each time it comes again within a minute of doing well, at most 60 s
 * TRIED  the while is over: one call at a time, until one is answered; a failure puts it out again
 * </pre>
 *
 * <p>One that came back takes its share little by little. Safe for use by many threads.
 */
final class Standing {

    private static final int FAILURES = 3;
    private static final long OUT_FIRST = Duration.ofSeconds(2).toNanos();
    private static final int MOST_DOUBLINGS = 5;
    private static final long RAMP = Duration.ofSeconds(10).toNanos();
    private static final double RAMP_FROM = 0.1;
    private static final long FORGIVEN = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_OUT = Duration.ofSeconds(60).toNanos();

    private final LongSupplier nanos;
    private final Runnable whenPutOut;
    private final Pace streamed = new Pace();
    private final Pace whole = new Pace();
    private Chance.State state = Chance.State.IN;
    private int underWay;
    private int failuresInRow;
    private int timesOut;
    private long until;
    private long backAt;
    private boolean wasOut;
    private long usedAt;

    Standing(LongSupplier nanos, Runnable whenPutOut) {
        this.nanos = nanos;
        this.whenPutOut = whenPutOut;
        this.usedAt = nanos.getAsLong();
    }

    synchronized Try begin(boolean stream) {
        usedAt = nanos.getAsLong();
        underWay++;
        Try attempt = new Try(this, stream ? streamed : whole, usedAt);
        attempt.pace().begins(attempt);
        return attempt;
    }

    synchronized void heard(Try attempt) {
        attempt.pace().heard(attempt, nanos.getAsLong());
    }

    synchronized void ended(Try attempt, Try.End how) {
        underWay--;
        usedAt = nanos.getAsLong();
        if (how == Try.End.ANSWERED) {
            attempt.pace().heard(attempt, usedAt);
        }
        attempt.pace().leaves(attempt);
        switch (how) {
            case ANSWERED -> answered(attempt);
            case FAILED -> failed(attempt);
            case UNKNOWN -> { }
        }
    }

    /** One that began before the target was put out says nothing of how it does now. */
    private void answered(Try attempt) {
        if (state == Chance.State.IN || attempt.begunAt() - until >= 0) {
            failuresInRow = 0;
            if (state != Chance.State.IN) {
                state = Chance.State.IN;
                backAt = usedAt;
                wasOut = true;
            }
        }
    }

    private void failed(Try attempt) {
        if (state == Chance.State.IN && (!wasOut || attempt.begunAt() - until >= 0)) {
            failuresInRow++;
            if (failuresInRow >= FAILURES) {
                putOut();
            }
        } else if (state != Chance.State.IN && attempt.begunAt() - until >= 0) {
            putOut();
        }
    }

    /** Also for one that answers, far slower than others do. */
    synchronized void putOut() {
        long now = nanos.getAsLong();
        timesOut = wasOut && state == Chance.State.IN && now - backAt > FORGIVEN ? 1 : timesOut + 1;
        state = Chance.State.OUT;
        until = now + Math.min(LONGEST_OUT, OUT_FIRST << Math.min(timesOut - 1, MOST_DOUBLINGS));
        wasOut = true;
        failuresInRow = 0;
        streamed.forget();
        whole.forget();
        whenPutOut.run();
    }

    synchronized Chance.State state() {
        if (state == Chance.State.OUT && nanos.getAsLong() - until >= 0) {
            state = Chance.State.TRIED;
        }
        return state;
    }

    /** Whether a call may be sent there. */
    synchronized boolean takes() {
        return switch (state()) {
            case IN -> true;
            case OUT -> false;
            case TRIED -> underWay == 0;
        };
    }

    /** What share of its weight it has, above 0 to 1. */
    synchronized double ramp() {
        if (!wasOut || state() != Chance.State.IN) {
            return 1;
        }
        double passed = (double) (nanos.getAsLong() - backAt) / RAMP;
        return Math.min(1, RAMP_FROM + (1 - RAMP_FROM) * passed);
    }

    synchronized int underWay() {
        return underWay;
    }

    /** Since when it is out, or will be let in again, for comparing. */
    synchronized long until() {
        return state() == Chance.State.IN ? Long.MIN_VALUE : until;
    }

    synchronized OptionalLong usual(boolean stream) {
        return (stream ? streamed : whole).usual(nanos.getAsLong());
    }

    synchronized long atLeast(boolean stream) {
        return (stream ? streamed : whole).atLeast(nanos.getAsLong());
    }

    /** @param share of the calls that would go to it */
    synchronized <T> Chance<T> chance(Candidate<T> candidate, boolean stream, double share) {
        return new Chance<>(candidate, state(), underWay, usual(stream), share);
    }

    synchronized boolean idleSince(Duration time) {
        return underWay == 0 && nanos.getAsLong() - usedAt > time.toNanos();
    }
}

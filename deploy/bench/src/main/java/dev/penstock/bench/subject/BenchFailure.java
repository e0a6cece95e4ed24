package dev.penstock.bench.subject;

/** Why a run cannot go on, in a sentence that says what to do. */
public final class BenchFailure extends RuntimeException {

    public BenchFailure(String message) {
        super(message);
    }

    public BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

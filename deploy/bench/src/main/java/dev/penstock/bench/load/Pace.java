package dev.penstock.bench.load;

/** Says when calls are due. Instants are nanoseconds since the run began. */
interface Pace {

    /** No further call is due. */
    long NEVER = Long.MAX_VALUE;

    /** The instant at which the next call is or was due; {@link #NEVER} once there is none any more. */
    long next(long now);

    /** That call begins now. */
    void begun();

    /** Calls that were due and never began. */
    long left();
}

package dev.penstock.bench.subject;

import dev.penstock.bench.load.Address;

/** Something that runs and passes calls on to the upstream; it ends with its run. */
public interface Subject {

    /** As it is called on the command line and in tables. */
    String name();

    Address address();

    /** Whose CPU, with that of what they started, is the subject's; empty where there is nothing between the generator and the upstream. */
    long[] pids();
}

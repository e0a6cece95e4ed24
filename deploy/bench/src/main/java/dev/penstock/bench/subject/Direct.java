package dev.penstock.bench.subject;

import dev.penstock.bench.load.Address;

/** Nothing lies between: what the generator, the upstream and the machine take by themselves. */
public record Direct(Address address) implements Subject {

    public static final String NAME = "direct";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long[] pids() {
        return new long[0];
    }
}

package dev.penstock.frame.jobs;

import java.util.Comparator;
import java.util.UUID;

/** The order in which PostgreSQL keeps UUIDs: by their bytes. Java's own compares the halves as signed numbers. Rows are locked in one order by everybody. */
public final class UuidOrder {

    public static final Comparator<UUID> AS_DATABASE = UuidOrder::compare;

    private UuidOrder() {}

    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high == 0 ? Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) : high;
    }
}

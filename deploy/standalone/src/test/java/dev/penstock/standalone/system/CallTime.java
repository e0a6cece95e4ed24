package dev.penstock.standalone.system;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** When the gateway took a call: its id begins with the time. */
final class CallTime {

    private static final int BITS_AFTER_THE_TIME = 16;

    private CallTime() {}

    static Instant minute(String call) {
        return Instant.ofEpochMilli(UUID.fromString(call).getMostSignificantBits() >>> BITS_AFTER_THE_TIME).truncatedTo(ChronoUnit.MINUTES);
    }
}

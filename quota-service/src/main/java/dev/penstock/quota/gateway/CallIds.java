package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids of calls: UUIDv7 by RFC 9562, the time to the millisecond and 74 random bits. */
final class CallIds {

    private final Clock clock;
    private final RandomGenerator random;

    CallIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    CallId next() {
        long high = clock.millis() << 16 | 0x7000 | random.nextLong() & 0xfff;
        long low = 0x8000_0000_0000_0000L | random.nextLong() & 0x3fff_ffff_ffff_ffffL;
        return new CallId(new UUID(high, low));
    }
}

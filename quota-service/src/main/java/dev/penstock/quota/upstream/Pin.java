package dev.penstock.quota.upstream;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of where a server is.
 *
 * @param order of the look-up that was last answered: one that was begun later has a higher one; 0: none was
 * @param addresses that calls go to, as of {@code since}
 * @param since when the last look-up that succeeded was begun
 * @param problem of the last look-up; null: none
 */
record Pin(long order, List<InetAddress> addresses, Instant since, @Nullable String problem) {

    Pin {
        addresses = List.copyOf(addresses);
    }
}

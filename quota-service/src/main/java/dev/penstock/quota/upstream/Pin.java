package dev.penstock.quota.upstream;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of where a server is.
 *
 * @param addresses that calls go to, as of {@code since}
 * @param since when the name was last looked up with success
 * @param problem of the last look-up; null: none
 */
record Pin(List<InetAddress> addresses, Instant since, @Nullable String problem) {

    Pin {
        addresses = List.copyOf(addresses);
    }
}

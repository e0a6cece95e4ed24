package dev.penstock.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * Where a subject listens, on the loopback address, and as whom it is called.
 *
 * @param bearer what stands behind {@code Authorization: Bearer}; null for a subject that does not ask who is calling
 */
public record Address(int port, @Nullable String bearer) {

    public Address {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(port + " is no port");
        }
    }
}

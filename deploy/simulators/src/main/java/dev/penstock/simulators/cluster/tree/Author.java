package dev.penstock.simulators.cluster.tree;

import java.time.Instant;

/**
 * Who writes, for the book of field owners.
 *
 * @param manager the field manager's name
 * @param subresource {@code status}, {@code scale} or empty for the object itself
 * @param at the time that is entered when ownership changes
 */
public record Author(String manager, String subresource, Instant at) {

    public Author {
        if (manager.isBlank() || manager.length() > 128) {
            throw new IllegalArgumentException("fieldManager must be between 1 and 128 characters");
        }
    }
}

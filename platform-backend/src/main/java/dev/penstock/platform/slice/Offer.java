package dev.penstock.platform.slice;

import java.util.Map;

/**
 * What nodes in service offer at one moment.
 *
 * @param kinds by kind of part
 * @param deviceParts all of it in parts of 840 of a GPU, by node product
 */
public record Offer(Map<PartKind, Offered> kinds, Map<String, Long> deviceParts) {

    public Offer {
        kinds = Map.copyOf(kinds);
        deviceParts = Map.copyOf(deviceParts);
    }

    public Offered of(PartKind kind) {
        return kinds.getOrDefault(kind, new Offered(kind, Map.of()));
    }
}

package dev.penstock.platform.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device that a driver lists on a node, so that it can be claimed.
 *
 * @param pool the driver's, within which the name is unique
 * @param attributes those of the driver's own domain, as text
 * @param alone whether it draws on nothing that other devices draw on as well; one that does can vanish when another is given out
 * @param claimed whether a claim has been given it
 * @param claimant whose claim that is; null: of nobody that we know, or of none
 */
public record DeviceSeen(
        String node, String driver, String pool, String name, Map<String, String> attributes, boolean alone, boolean claimed, @Nullable Marks claimant) {

    public DeviceSeen {
        attributes = Map.copyOf(attributes);
    }
}

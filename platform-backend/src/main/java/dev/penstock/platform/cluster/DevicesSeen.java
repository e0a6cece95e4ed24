package dev.penstock.platform.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The devices of all nodes that can be claimed.
 *
 * @param missing why there can be none, in a sentence for people; null: there may be
 */
public record DevicesSeen(List<DeviceSeen> devices, @Nullable String missing) {

    public DevicesSeen {
        devices = List.copyOf(devices);
    }
}

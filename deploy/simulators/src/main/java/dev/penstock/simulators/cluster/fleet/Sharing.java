package dev.penstock.simulators.cluster.fleet;

import java.util.Set;

/**
 * How the device plugin of a node lets several pods use one GPU. Shared GPUs have another resource name ({@code renameByDefault}).
 *
 * @param strategy {@code none}, {@code time-slicing}, {@code mps} or {@code hami}
 * @param replicas how many pods use one
 */
public record Sharing(String strategy, int replicas) {

    public static final Sharing NONE = new Sharing("none", 1);

    public Sharing {
        if (!Set.of("none", "time-slicing", "mps", "hami").contains(strategy) || replicas < 1 || strategy.equals("none") != (replicas == 1)) {
            throw new IllegalArgumentException("sharing \"" + strategy + "\" among " + replicas + ": none among 1, or time-slicing, mps or hami among more");
        }
    }

    /** Whether HAMi's device plugin is on the node instead of NVIDIA's. */
    boolean isHami() {
        return strategy.equals("hami");
    }

    boolean isShared() {
        return replicas > 1;
    }
}

package dev.penstock.ui.base;

import dev.penstock.contract.platform.Within;

/** What people call a node. Its full name says a cluster beside the first; on screens that stands behind it. */
public final class NodeName {

    private NodeName() {}

    /** For example {@code gpu-07}, or {@code gpu-07 in east}. */
    public static String inWords(String name) {
        Within within = Within.of(name);
        return within.cluster().isEmpty() ? within.name() : within.name() + " in " + within.cluster();
    }
}

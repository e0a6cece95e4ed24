package dev.penstock.platform.cluster;

import org.jspecify.annotations.Nullable;

/**
 * An object of a slice that is not a pod, as the cluster shows it.
 *
 * @param kind for example {@code Deployment}
 * @param uid the cluster's own, of this very object
 * @param marks null if it is not marked as we mark
 * @param terminating somebody deleted it and it is not gone yet
 */
public record ObjectSeen(String apiVersion, String kind, String namespace, String name, String uid, @Nullable Marks marks, boolean terminating) {

    /** For people. */
    public String title() {
        return kind + " " + namespace + "/" + name;
    }
}

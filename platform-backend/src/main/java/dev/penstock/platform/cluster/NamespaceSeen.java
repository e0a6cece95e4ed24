package dev.penstock.platform.cluster;

import org.jspecify.annotations.Nullable;

/** @param marks null if it is not marked as we mark */
public record NamespaceSeen(String name, @Nullable Marks marks, boolean terminating) {}

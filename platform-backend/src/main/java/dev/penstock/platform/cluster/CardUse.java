package dev.penstock.platform.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a pod has of a GPU that HAMi hands out, as HAMi noted it.
 *
 * @param installation whose pod it is, by its label; null: nobody's who marks as we do
 * @param card the GPU's id; empty: the note cannot be read
 * @param cores of a hundred parts of its computing
 */
public record CardUse(@Nullable String installation, String card, int memoryMib, int cores) {}

package dev.penstock.contract.platform;

/**
 * A way of giving GPUs out, as far as the nodes have it.
 *
 * @param name for people
 * @param present whether a node in service offers it
 * @param sentence where it is, or what is missing for it
 */
public record FeatureView(String name, boolean present, String sentence) {}

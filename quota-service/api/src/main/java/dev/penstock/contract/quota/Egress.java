package dev.penstock.contract.quota;

/**
 * That an attempt left the house, and why it could.
 *
 * @param upstream where to
 * @param version of the upstream: what it was allowed to be given then
 * @param dataClass of the project's data, as it was declared then
 * @param askedAs what the caller asked for: the model by its name, or an alias and the tier that it was asked of
 */
public record Egress(String upstream, int version, DataClass dataClass, String askedAs) {}

package dev.penstock.platform.fleet;

import org.jspecify.annotations.Nullable;

/**
 * A device that a driver lists on a node, so that it can be claimed.
 *
 * @param name the driver's
 * @param what it is, for people: {@code GPU}, or the profile of a MIG partition
 * @param claimed whether a claim has been given it
 * @param slice whose claim that is; null: of nobody that we know, or of none
 */
public record ClaimableDevice(String name, String what, boolean claimed, @Nullable String slice) {}

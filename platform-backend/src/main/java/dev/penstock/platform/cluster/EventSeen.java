package dev.penstock.platform.cluster;

import java.time.Instant;

/**
 * What the cluster says happened to an object.
 *
 * @param at the last time
 * @param warning as against a normal one
 * @param object whose it is, for people
 * @param reason a word, for example {@code Pulled}
 * @param count how often
 */
public record EventSeen(Instant at, boolean warning, String object, String reason, String message, int count) {}

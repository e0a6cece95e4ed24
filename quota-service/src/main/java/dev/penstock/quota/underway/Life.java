package dev.penstock.quota.underway;

import java.util.UUID;

/**
 * A replica from one start to its end.
 *
 * @param journal where the intents of its attempts are
 */
record Life(String replica, long epoch, UUID journal) {}

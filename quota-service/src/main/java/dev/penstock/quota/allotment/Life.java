package dev.penstock.quota.allotment;

import java.util.UUID;

/**
 * One life of a replica, as whose it draws.
 *
 * @param replica a name that outlives the process
 * @param epoch grows with every start
 * @param journal of the folder that holds its intents; a disk that is new has another
 */
public record Life(String replica, long epoch, UUID journal) {}

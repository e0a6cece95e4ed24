package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;

/**
 * @param findings one sentence each; empty when intact
 * @param tookMillis how long the recomputation took
 */
public record Verification(boolean intact, long entries, long checkpoints, List<String> findings, Instant at, long tookMillis) {}

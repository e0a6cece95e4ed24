package dev.penstock.contract.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A slice's place in the queue for its kind of part, on which several profiles may draw. Who else waits is not told.
 *
 * @param position from 1; somebody below their guarantee may still come before it
 * @param waiting how many wait in all
 * @param guaranteed whether it lies within its tenant's guarantee: then parts that others borrowed are taken back for it
 * @param expectedAt when a part may come free for it, if leases end when they were agreed to; an estimate, and null if nobody can say
 * @param kueue the ClusterQueue of Kueue in which it waits, with whoever else uses that; null: it waits in ours
 */
public record QueuePlace(int position, int waiting, boolean guaranteed, @Nullable Instant expectedAt, @Nullable String kueue) {}

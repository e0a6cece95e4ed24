/**
 * GPU slices that teams hold: their states, their lease, the time they were really ready, and what happened to them. Owns the rules of a
 * slice's life, the claim by which one reconciler at a time works on it, the count of parts that are held, and the queue for them. Does not
 * know how a cluster is spoken to, nor what it offers.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "queue"})
@NullMarked
package dev.penstock.platform.slice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

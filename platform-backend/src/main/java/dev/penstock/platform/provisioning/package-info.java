/**
 * Brings slices up and takes them down. Owns the reconciler, the objects a slice needs as pure functions, the sweep of what nobody claims,
 * looking at the
 * cluster's nodes, and what is done about them by order. The only user of {@code cluster}. Does not own the rules of a slice's life, which are
 * {@code slice}'s, nor quota, which is quota-service's.
 */
@ApplicationModule(allowedDependencies = {"catalog", "cluster", "fit", "fleet", "history", "slice", "ssh"})
@NullMarked
package dev.penstock.platform.provisioning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

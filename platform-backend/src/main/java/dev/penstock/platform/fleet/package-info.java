/**
 * The GPU nodes and what they offer, as last observed. Owns the picture of them in memory, how their GPUs are cut, and what of each profile is there, held and
 * free. Is told what was observed; does not ask a cluster itself, and reserves nothing.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "geometry", "idleness", "slice"})
@NullMarked
package dev.penstock.platform.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * How GPUs can be cut: which partitions fit beside each other on one, and how a fleet could be cut again for those who wait. Arithmetic only: it sees no
 * cluster, stores nothing and changes nothing.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.platform.geometry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

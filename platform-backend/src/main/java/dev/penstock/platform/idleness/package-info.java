/**
 * Workspaces that hold a part of a GPU and do nothing with it: they are warned, suspended, and in the end released. Owns what is known of
 * their activity and the times after which something follows. Does not guess: of whom no activity is measured, nothing is known, and
 * nothing happens to it.
 */
@ApplicationModule(allowedDependencies = {"access", "slice"})
@NullMarked
package dev.penstock.platform.idleness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

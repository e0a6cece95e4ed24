/**
 * What the fleet was, and when: written when a look at the nodes finds something changed, and read for people. Owns the intervals and the stretches of time in
 * which somebody looked. Does not guess: of a time at which nobody looked it tells nothing.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "fleet"})
@NullMarked
package dev.penstock.platform.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Will this model fit that part of a GPU, and with how much context? Pure arithmetic on whole bytes that shows its work. Owns the formula and
 * the catalogue as people read it, with what fits. Owns no facts: those are {@code catalog}'s.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "fleet"})
@NullMarked
package dev.penstock.platform.fit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

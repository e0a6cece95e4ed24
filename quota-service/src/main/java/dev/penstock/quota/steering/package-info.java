/**
 * How projects want their calls answered: by which other model, and what comes before a budget refuses. Owns the policies, a copy of them in memory, what they
 * saved and what a proposed one would have. Answers no call itself: {@code gateway} asks.
 */
@ApplicationModule(allowedDependencies = {"access", "alias", "rating", "route"})
@NullMarked
package dev.penstock.quota.steering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

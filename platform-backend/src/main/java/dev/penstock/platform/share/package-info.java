/**
 * What each tenant is guaranteed of the fleet, and its weight for the rest. Owns these rows and the rule that no more is promised than ready
 * nodes offer. Does not decide who gets a part ({@code queue}), nor what a tenant may use in all (limits, at quota-service).
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "fleet", "slice"})
@NullMarked
package dev.penstock.platform.share;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

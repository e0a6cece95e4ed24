/**
 * The limits that administrators set on tenants, projects, people and keys, how far they are used, and the warnings when use passes a threshold.
 * Owns the limits themselves; what is set aside and booked belongs to {@code reservation} and {@code admission}, which also refuse.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "calendar", "reservation", "route"})
@NullMarked
package dev.penstock.quota.limit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

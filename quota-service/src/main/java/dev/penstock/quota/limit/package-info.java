/**
 * The limits that administrators set on tenants, projects and keys, and how far they are used. Owns the limits themselves; what is set aside and
 * booked belongs to {@code reservation} and {@code admission}.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "calendar", "reservation"})
@NullMarked
package dev.penstock.quota.limit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

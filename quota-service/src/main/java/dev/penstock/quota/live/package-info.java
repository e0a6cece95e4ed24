/**
 * The stream of changes for open pages: limits, tenants, and the sealing of the trail. Owns the one operation and asks {@code access} what
 * the caller may hear of; the stream itself is the frame's.
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.quota.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

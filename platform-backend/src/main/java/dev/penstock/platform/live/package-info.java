/**
 * Changes as server-sent events for whoever is signed in, filtered by what they may see. The feed behind it is the frame's; this package
 * owns its address and its filter.
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.platform.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The way to quota-service: where it is, how this program proves who it is, and what its refusals become here. Owns no rule; whoever
 * needs a contract of quota-service gets its interface injected.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.platform.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * What would become of a call: the gateway's own steps and what the limits would say, with nothing done. Owns the operation that tells it; the steps are
 * {@code gateway}'s and the limits {@code admission}'s.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "gateway", "grant"})
@NullMarked
package dev.penstock.quota.trial;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

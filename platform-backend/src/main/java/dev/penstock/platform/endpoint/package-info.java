/**
 * Models that are served: what a team wants of each, the slice that it holds while it runs, and the route by which the gateway finds it. Owns
 * the rules of an endpoint's life and its timeline. Does not bring anything up: its slice, whose kind is {@code SERVING}, goes the way of
 * every slice, and what an endpoint is, is derived from what that slice and its request are. Does not know prices, keys or callers.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "fit", "provisioning", "request", "slice"})
@NullMarked
package dev.penstock.platform.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

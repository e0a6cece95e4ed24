/**
 * Stops: calls of a tenant or of a model that an administrator stopped at once. Owns making and lifting them, a copy in memory that follows the table
 * within a second, and the measuring of how soon each replica had it. Refuses nothing itself: {@code gateway} asks.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "alias", "route"})
@NullMarked
package dev.penstock.quota.stop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

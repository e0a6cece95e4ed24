/**
 * Why calls were refused. Owns what is kept of refusals, within bounds that nobody can pass by calling: all are counted, so many an hour are kept row by row,
 * and all is written by one thread that no call waits for. Refuses nothing: {@code gateway} tells it.
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.quota.refusal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

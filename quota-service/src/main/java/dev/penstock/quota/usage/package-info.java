/**
 * What was used: one immutable row per attempt, and sums of them by 15 minutes. Owns the rows, the roll-ups, the days they are kept by, the
 * words that rows share, and the operations that read them. Does not decide what a row says: {@code settlement} does.
 */
@ApplicationModule(allowedDependencies = {"access", "calendar", "rating"})
@NullMarked
package dev.penstock.quota.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

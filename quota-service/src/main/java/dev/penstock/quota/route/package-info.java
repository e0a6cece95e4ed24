/**
 * Where models are served: as platform-backend tells it, and outside of the house. Owns the copies of the former, the rule that a later version wins, the encryption of what engines
 * demand, and a copy in memory that follows the table within a second. Does not own who may call what ({@code grant}).
 */
@ApplicationModule(allowedDependencies = {"access", "upstream"})
@NullMarked
package dev.penstock.quota.route;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Which replica does what is done by one at a time. Owns the turns and what they are called; what is done in them belongs to whoever takes them. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.quota.turn;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

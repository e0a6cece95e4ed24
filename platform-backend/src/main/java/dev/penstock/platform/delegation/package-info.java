/**
 * Who approves in the place of another, and for how long. Owns these delegations and what is known of the groups of those who gave them. A delegation is
 * no right: what may be decided by it is {@code access}'s to say, of the person who gave it, at each decision. Decides nothing itself.
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.platform.delegation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

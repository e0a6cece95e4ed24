/**
 * Who exists, as platform-backend tells it: tenants with their calendar, projects, members, and their nodes in the budget tree. Owns these
 * copies and the rule that a later version wins. Decides nothing about them.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "reservation"})
@NullMarked
package dev.penstock.quota.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

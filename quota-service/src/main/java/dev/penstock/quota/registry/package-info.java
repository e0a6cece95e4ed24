/**
 * Who exists, as platform-backend tells it: tenants with their calendar, projects, members, and their nodes in the budget tree. Owns these
 * copies, the rule that a later version wins, and the instant at which a project's calls are another tenant's. Decides nothing about them.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "reservation"})
@NullMarked
package dev.penstock.quota.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

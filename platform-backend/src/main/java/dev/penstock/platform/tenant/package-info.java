/**
 * Tenants with their projects, members, cost centres and approval policy. Owns these rows, their rules, a project's move to another tenant, and
 * telling quota-service about them until it has confirmed. Does not decide who may do what ({@code access}) and knows nothing of quotas or money.
 */
@ApplicationModule(allowedDependencies = {"access", "delegation"})
@NullMarked
package dev.penstock.platform.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

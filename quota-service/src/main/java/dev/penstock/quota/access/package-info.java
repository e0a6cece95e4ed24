/**
 * Who may do what, in one class: {@link dev.penstock.quota.access.Access}. Owns a copy of tenants, projects and members in memory that
 * follows the tables within a second. Changes nothing, and knows no feature: a feature asks it before it acts, and row-level security
 * stands behind it.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.quota.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

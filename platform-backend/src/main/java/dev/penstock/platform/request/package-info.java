/**
 * What teams ask for, and what becomes of it: {@code Submitted → Approved / Rejected / Withdrawn / Lapsed}. Owns the requests, the policy
 * that looks at them, and the rule that nobody approves their own. Does not bring anything up: an approved request becomes a queued
 * {@code slice}. Does not hold quota: what it says of limits is advice, the reservation decides.
 */
@ApplicationModule(allowedDependencies = {"access", "catalog", "delegation", "fleet", "image", "slice", "tenant"})
@NullMarked
package dev.penstock.platform.request;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

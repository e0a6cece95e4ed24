/**
 * May this attempt spend? Owns the decision, what it sets aside on every limit of the tenant, the project and the person or key, and the intent: the
 * durable record that stands before the first byte goes upstream. Reads limits and never changes them ({@code limit} does); what becomes of
 * the intent is {@code settlement}'s.
 *
 * <p>The law of this package: {@code leased} grows only in a statement that also checks the limit; all shares and the intent are written by one
 * statement or not at all; without an answer nothing is admitted.
 */
@ApplicationModule(allowedDependencies = {"allotment", "calendar", "journal", "rating", "reservation", "usage"})
@NullMarked
package dev.penstock.quota.admission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

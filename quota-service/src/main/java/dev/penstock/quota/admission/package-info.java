/**
 * May this attempt spend? Owns the decision, what it sets aside on every limit of the tenant, the project and the person or key, and the intent: the
 * durable record that stands before the first byte goes upstream: in a row, or, where shares are taken from what this replica holds of each limit, in
 * its journal. Reads limits and never changes them ({@code limit} does); what becomes of
 * the intent is {@code settlement}'s.
 *
 * <p>The law of this package: {@code leased} grows only in a statement that also checks the limit; all shares are taken or none, and what was taken stands in
 * the intent; without an answer nothing is admitted.
 */
@ApplicationModule(allowedDependencies = {"allotment", "calendar", "journal", "rating", "reservation", "underway", "usage"})
@NullMarked
package dev.penstock.quota.admission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

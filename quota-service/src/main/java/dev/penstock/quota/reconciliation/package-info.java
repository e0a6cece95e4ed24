/**
 * Does the ledger say what the engines say? Owns the reading of engines' counters, the comparison with what was booked, the posting of differences
 * that an attempt explains, and the history of those that nothing does. Books nothing else, and never what is unexplained.
 *
 * <p>The law of this package: an engine is compared at moments when nothing of its endpoint was open before and after its counters were read and
 * nothing was booked between; what is found of an attempt stays within what its settlement left open; a token is explained once.
 */
@ApplicationModule(allowedDependencies = {"ledger", "rating", "route", "turn", "underway"})
@NullMarked
package dev.penstock.quota.reconciliation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

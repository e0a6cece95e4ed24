/**
 * The month of a tenant as finance reads it: lines made of rows, what each costs exactly and as billed, and whether the ledger says the same.
 * Owns rounding, which happens here, once a line, and nowhere else. Owns no table: rows, roll-ups and postings are {@code usage}'s,
 * {@code reservation}'s and {@code ledger}'s, and a draft only adds them up.
 */
@ApplicationModule(allowedDependencies = {"access", "calendar", "rating", "usage"})
@NullMarked
package dev.penstock.quota.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

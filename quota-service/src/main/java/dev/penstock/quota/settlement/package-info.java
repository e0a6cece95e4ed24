/**
 * How attempts end in the books: exactly once, at most at what was reserved. Owns the arithmetic of a settlement, the transaction that applies a
 * batch, the finding of attempts that nobody settled, and the invariants. Decides nothing about limits: it gives back what is not used.
 *
 * <p>The law of this package: an attempt whose intent stands in the database is open while it has its reservation, and the transaction that settles it
 * deletes the reservation; one whose intent is in a journal is settled by the transaction that inserts its row. So who comes first settles it, and
 * everybody else finds nothing to do. Whatever is told, the batch goes through.
 */
@ApplicationModule(allowedDependencies = {"admission", "allotment", "calendar", "journal", "ledger", "rating", "reservation", "underway", "usage"})
@NullMarked
package dev.penstock.quota.settlement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

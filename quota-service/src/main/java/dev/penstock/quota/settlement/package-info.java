/**
 * How attempts end in the books: exactly once, at most at what was reserved. Owns the arithmetic of a settlement, the transaction that applies a
 * batch, the finding of attempts that nobody settled, and the invariants. Decides nothing about limits: it gives back what is not used.
 *
 * <p>The law of this package: an attempt that is open has its reservation, and the transaction that settles it deletes the reservation; so who
 * finds it settles it, and everybody else finds nothing to do. Whatever is told, the batch goes through.
 */
@ApplicationModule(allowedDependencies = {"admission", "journal", "ledger", "rating", "reservation", "usage"})
@NullMarked
package dev.penstock.quota.settlement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * What is under way at which endpoint. An attempt whose intent is in a journal stands in no table while it is open, so each replica says of itself
 * what it has under way. Owns the counting, the saying, and what follows from it about a moment; decides nothing and books nothing.
 *
 * <p>The law of this package: an attempt counts from before its intent is written until it is in the ledger for all to see; a life is known before
 * its first attempt begins, and until everything in its journal is settled; what a life says is never older than it claims.
 */
@ApplicationModule(allowedDependencies = {"journal"})
@NullMarked
package dev.penstock.quota.underway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Replicas that are gone for good with their disks. Owns the declaration, what it books, and its end when the journal turns up after all; knows no
 * rule of a limit. What the replica held is {@code allotment}'s, and stays there, counted; what its journal tells is settled by {@code settlement}.
 *
 * <p>The law of this package: what is written off is booked in the transaction that declares the replica gone, for all tenants or for none, and taken
 * back once, after everything in its journal is settled.
 */
@ApplicationModule(allowedDependencies = {"access", "journal", "ledger"})
@NullMarked
package dev.penstock.quota.writeoff;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

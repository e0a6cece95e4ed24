/**
 * Is all well with the books? Owns the sampling of invariants, what each replica says of itself, and the answer to those who ask for all of it.
 * Decides nothing and books nothing; what an invariant is belongs to {@code settlement}, the engines to {@code reconciliation}, what silent
 * replicas left to {@code writeoff}.
 */
@ApplicationModule(allowedDependencies = {"access", "admission", "journal", "reconciliation", "settlement", "turn", "writeoff"})
@NullMarked
package dev.penstock.quota.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

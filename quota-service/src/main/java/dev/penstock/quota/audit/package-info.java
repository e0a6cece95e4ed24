/**
 * The audit trail after it was written: gives every entry its place in a Merkle tree, signs checkpoints of the tree and lays each outside
 * the database before it counts, and shows, proves, verifies and exports the trail to auditors and administrators. Owns {@code audit.leaf},
 * {@code audit.node} and {@code audit.checkpoint}. Does not own writing entries ({@code dev.penstock.frame.audit}) nor the formats and the
 * verifier ({@code dev.penstock.verifier}), which it uses like any auditor.
 */
@ApplicationModule(allowedDependencies = "access")
@NullMarked
package dev.penstock.quota.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The narrow interface to a cluster: what is applied, what is seen, what is deleted, in records of our own. Owns the names of our labels
 * and annotations and the rule which objects are ours. Knows no slice and no state of one. {@code Cluster} is an interface although one
 * class implements it: only {@code cluster.kubernetes} may know the client library, and nobody may know {@code cluster.kubernetes}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.platform.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The simulated machines: which nodes there are, what GPUs they have and how those are cut, and the node objects with the
 * labels NVIDIA's feature discovery would give them. All of it is data. Owns no state; what runs on a node is not known here.
 */
@NullMarked
package dev.penstock.simulators.cluster.fleet;

import org.jspecify.annotations.NullMarked;

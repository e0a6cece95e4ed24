/**
 * SimCluster: a Kubernetes API server with a scheduler, kubelets and GPU nodes that exist only in memory, for development
 * and tests. It speaks the real HTTP API for the kinds Penstock uses and says everywhere that it is a simulator. This
 * package owns starting, stopping and keeping it; it is on no production class path.
 */
@NullMarked
package dev.penstock.simulators.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * The way from a service's address to a pod's, on a machine where both are loopback addresses. Owns listening and passing bytes
 * on; which pods stand behind a service is the controllers' to say. Network policies are not enforced: every process of this
 * machine reaches every address.
 */
@NullMarked
package dev.penstock.simulators.cluster.network;

import org.jspecify.annotations.NullMarked;

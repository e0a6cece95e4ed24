/**
 * What goes wrong, on demand: which requests fail and how, which images cannot be pulled or crash, which nodes are lost.
 * Owns the list of faults in force and their counting down; what a fault does is done where it strikes.
 */
@NullMarked
package dev.penstock.simulators.cluster.fault;

import org.jspecify.annotations.NullMarked;

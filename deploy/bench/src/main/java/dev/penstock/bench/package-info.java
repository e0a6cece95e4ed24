/**
 * {@code ./penstock bench gateway|streams|overload}: measures this machine's gateways beside each other. Owns the command line, the order of a run, the tables
 * and the figures that are written down. Fails by no figure.
 */
@NullMarked
package dev.penstock.bench;

import org.jspecify.annotations.NullMarked;

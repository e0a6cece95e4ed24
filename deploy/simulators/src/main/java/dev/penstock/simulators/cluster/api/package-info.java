/**
 * The Kubernetes API over HTTP: which path means what, discovery, reading, watching and writing, and beside it the
 * simulator's own paths under {@code /simulator}. Owns the wire format; every decision about objects is the registry's.
 */
@NullMarked
package dev.penstock.simulators.cluster.api;

import org.jspecify.annotations.NullMarked;

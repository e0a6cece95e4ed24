/**
 * What makes the cluster move: placing pods, running them, keeping replicas, ending namespaces, collecting orphans, losing
 * nodes. Each controller reads the state and does the next thing it lacks, so that a restart goes on where the last run
 * stopped. Owns the order in time (one thread, delays from {@link dev.penstock.simulators.cluster.controller.Pace}); writes
 * only through the registry, like any other client.
 */
@NullMarked
package dev.penstock.simulators.cluster.controller;

import org.jspecify.annotations.NullMarked;

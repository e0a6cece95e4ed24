/**
 * The cluster's memory: objects by kind, one global resource version, the history that watches are served from, and the
 * rules every write obeys (identity, optimistic locking, generations, finalizers, graceful deletion). Owns no opinion on
 * what an object may contain; that is what {@code admission} adds through {@link
 * dev.penstock.simulators.cluster.store.Admission}.
 */
@NullMarked
package dev.penstock.simulators.cluster.store;

import org.jspecify.annotations.NullMarked;

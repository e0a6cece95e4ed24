/**
 * Pure functions over JSON trees as the Kubernetes API defines them: patches, server-side apply with field ownership,
 * quantities and selectors. Owns no state and knows no kind of object beyond the list keys of its schema; who may write
 * what, and what is stored, is decided elsewhere.
 */
@NullMarked
package dev.penstock.simulators.cluster.tree;

import org.jspecify.annotations.NullMarked;

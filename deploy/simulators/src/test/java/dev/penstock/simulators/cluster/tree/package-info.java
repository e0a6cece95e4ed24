/** Tables for the pure functions over JSON trees. */
package dev.penstock.simulators.cluster.tree;

/**
 * The control plane: who the tenants are, what they ask for, and the slices they hold. Owns the wiring of the program; each feature is a
 * package below. Knows nothing of the data path, which belongs to quota-service and outlives this program.
 */
@NullMarked
package dev.penstock.platform;

import org.jspecify.annotations.NullMarked;

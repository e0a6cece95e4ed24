/**
 * The keys of projects: the list, making one, giving one a new secret, revoking one. Owns how a key is shown, and that its secret is shown once and kept nowhere;
 * quota-service owns the keys.
 */
@NullMarked
package dev.penstock.ui.keys;

import org.jspecify.annotations.NullMarked;

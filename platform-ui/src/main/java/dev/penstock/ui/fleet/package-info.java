/** The GPU nodes as what they are: each GPU by its slots, who holds what, what still fits. Owns how that is drawn; works out nothing itself. */
@NullMarked
package dev.penstock.ui.fleet;

import org.jspecify.annotations.NullMarked;

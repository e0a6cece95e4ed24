/**
 * GPU slices that teams hold: their states, their lease, and what really happened to them. Owns the rules of a slice's life. Does not know
 * how a cluster is spoken to, nor whether there is room.
 */
@NullMarked
package dev.penstock.platform.slice;

import org.jspecify.annotations.NullMarked;

/**
 * The screens of GPU slices: the list, one slice with what really happened to it, its lease, and a request while nobody has decided it.
 * Owns no rule about leases or states; platform-backend does.
 */
@NullMarked
package dev.penstock.ui.slice;

import org.jspecify.annotations.NullMarked;

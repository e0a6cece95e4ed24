/**
 * What needs a person now: an expiring slice, a request to decide, a limit that is near. Owns which things count and in which order; they
 * are shown by the home screen and counted in the top bar.
 */
@NullMarked
package dev.penstock.ui.inbox;

import org.jspecify.annotations.NullMarked;

/**
 * The screen to ask for an endpoint: intent first, then what fits and is free, what it will cost beside the shared one, and who must agree.
 * Owns the way from an intent to a proposed part of a GPU; what is granted, platform-backend decides.
 */
@NullMarked
package dev.penstock.ui.newendpoint;

import org.jspecify.annotations.NullMarked;

/**
 * The screen to ask for a slice: intent first, then what fits and is free, what it will use and who must agree. Owns the way from an
 * intent to a proposed profile; what is granted, platform-backend decides.
 */
@NullMarked
package dev.penstock.ui.newslice;

import org.jspecify.annotations.NullMarked;

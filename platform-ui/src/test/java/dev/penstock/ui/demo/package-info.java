/** The portal against the fakes, to be looked at in a browser. */
@NullMarked
package dev.penstock.ui.demo;

import org.jspecify.annotations.NullMarked;

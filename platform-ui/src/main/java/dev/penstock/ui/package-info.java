/**
 * The portal as a program: its main class, and the page every screen is shown in. Owns no screen and no rule; screens are packages
 * below this one.
 */
@NullMarked
package dev.penstock.ui;

import org.jspecify.annotations.NullMarked;

/** Whether the books hold together and say what the engines say. Owns how that is shown; asks and judges nothing itself. */
@NullMarked
package dev.penstock.ui.health;

import org.jspecify.annotations.NullMarked;

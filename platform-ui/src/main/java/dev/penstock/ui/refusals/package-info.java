/** Why calls were refused: by the id that their answers name, and of a project. */
@NullMarked
package dev.penstock.ui.refusals;

import org.jspecify.annotations.NullMarked;

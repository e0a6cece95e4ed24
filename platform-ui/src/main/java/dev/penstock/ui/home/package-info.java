/** The first screen: what needs the person, what they hold, what is left, in the shape that fits their role. Owns no data of its own. */
@NullMarked
package dev.penstock.ui.home;

import org.jspecify.annotations.NullMarked;

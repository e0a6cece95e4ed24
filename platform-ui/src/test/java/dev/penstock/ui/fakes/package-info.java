/** Hand-written stand-ins for both services, holding their state in memory; for the tests of screens. */
@NullMarked
package dev.penstock.ui.fakes;

import org.jspecify.annotations.NullMarked;

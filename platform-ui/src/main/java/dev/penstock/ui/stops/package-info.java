/** Calls that were stopped at once: what administrators stop and let go again, and what auditors read. quota-service owns the stops. */
@NullMarked
package dev.penstock.ui.stops;

import org.jspecify.annotations.NullMarked;

/** What the gateway stands on, by itself: how much of what a call costs is not the gateway's. */
@NullMarked
package dev.penstock.bench.bare;

import org.jspecify.annotations.NullMarked;

/** Devices that are claimed: which of them a claim is for, and which are given out. Knows nothing of who places pods. */
@NullMarked
package dev.penstock.simulators.cluster.device;

import org.jspecify.annotations.NullMarked;

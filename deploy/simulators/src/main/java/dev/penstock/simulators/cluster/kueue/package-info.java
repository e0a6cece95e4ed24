/** Kueue, as far as plain pods meet it: when it is installed, how it marks pods, who waits in which queue, and whether their quota is free. */
@NullMarked
package dev.penstock.simulators.cluster.kueue;

import org.jspecify.annotations.NullMarked;

/** Tests of the simulated cluster, over HTTP where that is what callers use. */
package dev.penstock.simulators.cluster;

/** Tests of what measures simulated GPUs. */
package dev.penstock.simulators.metrics;

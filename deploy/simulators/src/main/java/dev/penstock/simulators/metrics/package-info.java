/**
 * SimPrometheus: answers the one question about GPUs that is asked of a Prometheus, with the samples it was given, labelled as NVIDIA's DCGM
 * exporter labels them. It makes up nothing: a series without a sample in the window is not there.
 */
@NullMarked
package dev.penstock.simulators.metrics;

import org.jspecify.annotations.NullMarked;

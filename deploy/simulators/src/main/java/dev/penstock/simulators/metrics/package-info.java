/**
 * SimPrometheus: answers the two questions about GPUs that are asked of a Prometheus, with the samples it was given, labelled as NVIDIA's DCGM
 * exporter labels them. It makes up nothing: a series without a sample in the window is not there. SimDcgm does: it measures GPUs that are not there.
 */
@NullMarked
package dev.penstock.simulators.metrics;

import org.jspecify.annotations.NullMarked;

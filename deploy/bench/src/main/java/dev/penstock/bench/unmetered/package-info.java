/**
 * quota-service as it is, but that its gateway admits every call and writes nothing of it: what the data path costs without accounting. For one ratio of the
 * benchmarks; the product has no such mode.
 */
@NullMarked
package dev.penstock.bench.unmetered;

import org.jspecify.annotations.NullMarked;

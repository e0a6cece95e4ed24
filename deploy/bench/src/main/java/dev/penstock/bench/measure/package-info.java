/**
 * What the operating system says of processes (CPU used, memory resident, the core they run on), and what rounds of measurements
 * come to. Starts nothing and calls nobody.
 */
@NullMarked
package dev.penstock.bench.measure;

import org.jspecify.annotations.NullMarked;

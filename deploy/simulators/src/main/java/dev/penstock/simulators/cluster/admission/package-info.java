/**
 * What the API server completes and refuses before anything is stored: names, defaults, limit ranges, pod validity, Pod
 * Security, quota. Each rule is one class; {@link dev.penstock.simulators.cluster.admission.Admissions} is their order.
 * Owns no state: usage is counted from what is stored at that moment, inside the lock of the write.
 */
@NullMarked
package dev.penstock.simulators.cluster.admission;

import org.jspecify.annotations.NullMarked;

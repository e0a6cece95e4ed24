/**
 * What is measured: the upstream by itself, proxies of others, and Penstock with all that it needs. Starts each as a process of its own on the first
 * core, whatever else runs on the second, and ends what it started. Knows nothing of how they are loaded or what the figures come to.
 */
@NullMarked
package dev.penstock.bench.subject;

import org.jspecify.annotations.NullMarked;

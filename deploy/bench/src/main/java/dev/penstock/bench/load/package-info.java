/**
 * The load and what it ends at: a generator that calls a subject, and an upstream that answers behind it. Both are one thread on
 * one selector that sends prepared bytes and reads answers byte by byte, so that what is measured is the subject and not they.
 * Knows nothing of what lies between the two.
 */
@NullMarked
package dev.penstock.bench.load;

import org.jspecify.annotations.NullMarked;

/**
 * Telling another service until it confirms. What is left to tell stands in the teller's own tables; this package owns the waiting, the
 * waking and the pauses after failures, and knows nothing of what is told.
 */
@NullMarked
package dev.penstock.frame.outbox;

import org.jspecify.annotations.NullMarked;

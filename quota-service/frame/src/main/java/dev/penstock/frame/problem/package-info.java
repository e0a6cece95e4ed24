/**
 * Saying no, in RFC 9457: every error has a code, a sentence, somebody to blame and a reference that finds the log line. Owns the mapping
 * from exceptions to answers.
 */
@NullMarked
package dev.penstock.frame.problem;

import org.jspecify.annotations.NullMarked;

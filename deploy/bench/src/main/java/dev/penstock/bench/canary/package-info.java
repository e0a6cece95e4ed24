/**
 * Calls that carry what can be recognised anywhere, canaries: in keys, prompts, answers, tools' arguments and headers, on every way that a call can go. And the
 * search for them wherever something is kept or told. What is searched for, in which forms, and that the search finds it, are apart from who calls.
 */
@NullMarked
package dev.penstock.bench.canary;

import org.jspecify.annotations.NullMarked;

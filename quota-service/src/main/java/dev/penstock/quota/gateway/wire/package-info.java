/**
 * The bytes of the OpenAI surface: what must be known of a call's body and of a model's answer is found by a scanner in the bytes, and what
 * must be changed is spliced into them, so that everything else passes as it came. Owns field names, header names, error shapes and the upper
 * bound of a prompt. Pure: no I/O, no clock, nothing of who calls or what it costs.
 */
@NullMarked
package dev.penstock.quota.gateway.wire;

import org.jspecify.annotations.NullMarked;

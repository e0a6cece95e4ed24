package dev.penstock.quota.underway;

import java.time.Instant;

/**
 * What is under way at an endpoint.
 *
 * @param attempts that have begun and are not settled
 * @param input the most that its engine may count of them
 * @param output likewise
 * @param oldest when the call came whose attempt began first
 */
record Load(int attempts, long input, long output, Instant oldest) {}

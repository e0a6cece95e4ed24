package dev.penstock.quota.underway;

/**
 * What is under way at an endpoint as of a moment, or a little later.
 *
 * @param told whether every life has said so since; if not, more may be under way than is known
 * @param attempts of those that are known
 * @param input the most that the engine may count of these
 * @param output likewise
 */
public record AtEndpoint(boolean told, long attempts, long input, long output) {}
